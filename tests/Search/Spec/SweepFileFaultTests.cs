namespace ApproxCluster.Search.Tests;

public sealed class SweepFileFaultTests
{
    [Fact]
    public void Parse_FifteenFaults_ReportsAllWithTheirPlaces()
    {
        const string File = """
            name: bad name
            target:
              kind: curve
              nois: 0.1
            space:
              encoding: {choice: [identity, fourier]}
              width: {int: [256, 16]}
              depth: {choice: []}
              learning_rate: {float: [0, 0.1], log: true}
              batch_size: {choice: [16, 32, 16]}
              optimizer:
                choice:
                  - sgd: {momentum: 1, widths: [0, 8]}
            objective: {maximize: validation.loss}
            sampler: sobool
            pruner: {asha: {min_epochs: 60}}
            trails: 64
            parallel: 0
            epochs: 50
            epochs: 51
            """;

        Assert.Equal(
            [
                "test.yaml:1:7: name: name is 'bad name', but must be 1 to 60 letters, digits, '-', '_' or '.'. Shorten or respell it, or delete the line for the file's own name.",
                "test.yaml:4:3: target.nois: nois is '0.1', but must be left out: curve has no such option. Its options are formula, noise, samples, test, validation. Did you mean noise?",
                "test.yaml:6:33: space.encoding: encoding is 'fourier', but must be one of identity, taylor, fourier1d. Did you mean 'fourier1d'?",
                "test.yaml:7:17: space.width: Low end is 256, but must be at most the high end, which is 16. Swap them.",
                "test.yaml:8:19: space.depth: choice is a list of 0, but must be a list of at least one value. Write 'choice: [a, b]'.",
                "test.yaml:9:27: space.learning_rate: An end of learning_rate is '0', but must be a number above 0 and at most 100. Change the range.",
                "test.yaml:10:33: space.batch_size: choice has 16 twice, but must have each value once. Delete one of the two.",
                "test.yaml:13:25: space.optimizer.sgd.momentum: momentum is '1', but must be a number of at least 0 and below 1. Give such a value, or search with {float: [low, high]} or {choice: [...]}.",
                "test.yaml:13:37: space.optimizer.sgd.widths: An item of widths is '0', but must be a whole number from 1 to 16384. Change it.",
                "test.yaml:14:13: objective: objective is to maximize validation.loss, but must be to minimize it: lower is better. Write 'minimize: validation.loss'.",
                $"test.yaml:15:10: sampler: sampler is 'sobool', but must be {SweepSettings.Sampler.Rule}. Did you mean 'sobol'?",
                "test.yaml:16:29: pruner.asha.min_epochs: min_epochs is '60', but must be at most epochs, which is 50. Lower it, or raise epochs.",
                "test.yaml:17:1: trails: Key is 'trails', but must be one of name, target, trainer, space, where, forbid, objective, sampler, pruner, trials, parallel, execution, seed, replicates, confirm, overtuning, epochs, repeats, from, first, $schema. Did you mean 'trials'?",
                "test.yaml:18:11: parallel: parallel is '0', but must be a whole number from 1 to 4096. Change it, or delete the line for 8.",
                "test.yaml:20:1: epochs: Key 'epochs' is given again, but must be given once; it stands on line 19 already. Delete one of the two.",
            ],
            Read.Faults(File));
    }

    [Theory]
    [InlineData("{int: [4, 2]}", "1:23: space.width: Low end is 4, but must be at most the high end, which is 2. Swap them.")]
    [InlineData("{int: [4]}", "1:22: space.width: int is a list of 1, but must be a list of two numbers. Write 'int: [low, high]'.")]
    [InlineData("{int: 4}", "1:22: space.width: int is '4', but must be a list of two numbers. Write 'int: [low, high]'.")]
    [InlineData("{int: [1, 1.5]}", "1:26: space.width: An end of width is '1.5', but must be a whole number from 1 to 16384. Change the range.")]
    [InlineData("{int: [1, 9], step: 0}", "1:36: space.width.step: step is '0', but must be a whole number from 1 to 1000000. Change it, or delete it.")]
    [InlineData("{int: [1, 9], step: 2, log: true}", "1:36: space.width.step: step is '2', but must be left out beside log. Delete one of the two.")]
    [InlineData("{int: [1, 9], log: yes}", "1:35: space.width.log: log is 'yes', but must be true or false. Since YAML 1.2 'yes' is a mere word; write true.")]
    [InlineData("{int: [1, 9], lgo: true}", "1:30: space.width.lgo: Key is 'lgo', but must be one of int, log, step. Did you mean 'log'?")]
    [InlineData("{float: [1, 9]}", "1:17: space.width: width is searched with float, but must be a whole number from 1 to 16384. Use int.")]
    [InlineData("{choice: 4}", "1:25: space.width: choice is '4', but must be a list of at least one value. Write 'choice: [a, b]'.")]
    [InlineData("{choice: [1], log: true}", "1:30: space.width.log: Key is 'log', but must be one of choice. Choose one of them, or delete it.")]
    [InlineData("{range: [1, 2]}", "1:17: space.width.range: Key is 'range', but must be one of int, choice, ordinal. Choose one of them, or delete it.")]
    [InlineData("0", "1:16: space.width: width is '0', but must be a whole number from 1 to 16384. Give such a value, or search with {int: [low, high]} or {choice: [...]}.")]
    [InlineData("'64'", "1:16: space.width: width is the text '64', but must be a whole number from 1 to 16384. Remove the quotes.")]
    [InlineData("1_000", "1:16: space.width: width is '1_000', but must be a whole number from 1 to 16384. Write 1000.")]
    [InlineData("0x10", "1:16: space.width: width is '0x10', but must be a whole number from 1 to 16384. Write the number in decimal.")]
    [InlineData("", "1:16: space.width: width is empty, but must be a whole number from 1 to 16384. Give such a value, or search with {int: [low, high]} or {choice: [...]}.")]
    [InlineData("[1, 2]", "1:16: space.width: width is a list of 2, but must be a whole number from 1 to 16384. Give such a value, or search with {int: [low, high]} or {choice: [...]}.")]
    public void Parse_BadWholeParameter_SaysWhereAndWhat(string value, string fault) =>
        Assert.Equal($"test.yaml:{fault}", Read.Fault($"space: {{width: {value}}}\ntarget: curve"));

    [Theory]
    [InlineData("0,1", "learning_rate is '0,1', but must be a number above 0 and at most 100. Write the decimal point: 0.1.")]
    [InlineData(".nan", "learning_rate is '.nan', but must be a number above 0 and at most 100. Write a finite number.")]
    [InlineData("Infinity", "learning_rate is 'Infinity', but must be a number above 0 and at most 100. Write a finite number.")]
    [InlineData("1e999", "learning_rate is '1e999', but must be a number above 0 and at most 100. Give such a value, or search with {float: [low, high]} or {choice: [...]}.")]
    [InlineData("{float: [0.1, 1], step: -1}", "step is '-1', but must be a number above 9E-10. Change it, or delete it.")]
    [InlineData("{float: [0.1, 1], step: 1e-12}", "step is '1e-12', but must be a number above 9E-10. Change it, or delete it.")]
    [InlineData("{int: [1, 2]}", "learning_rate is searched with int, but must be a number above 0 and at most 100. Use float.")]
    public void Parse_BadRealParameter_SaysWhat(string value, string fault) =>
        Assert.EndsWith($": {fault}", Read.Fault($"target: curve\nspace:\n  learning_rate: {value}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{int: [1, 2]}", "activation is searched with int, but must be one of linear, relu, leaky_relu, tanh, sigmoid, sine. Use choice: [...].")]
    [InlineData("ReLU ", "activation is 'ReLU', but must be one of linear, relu, leaky_relu, tanh, sigmoid, sine. Did you mean 'relu'?")]
    [InlineData("{leaky-relu: {}}", "activation is 'leaky-relu', but must be one of linear, relu, leaky_relu, tanh, sigmoid, sine. Did you mean 'leaky_relu'?")]
    [InlineData("{relu: 3}", "relu is '3', but must be a mapping of its parameters. Write 'relu: {name: value}'.")]
    [InlineData("{sine: {freqency: 3}}", "Parameter is 'freqency', but must be one of frequency, width, depth, widths, learning_rate, batch_size. Did you mean 'frequency'?")]
    [InlineData("{sine: {frequency: 0}}", "frequency is '0', but must be a number above 0 and at most 1000. Give such a value, or search with {float: [low, high]} or {choice: [...]}.")]
    [InlineData("{relu: {}, tanh: {}}", "activation is a mapping of 2, but must be one of linear, relu, leaky_relu, tanh, sigmoid, sine. Give such a value, or search with {choice: [...]}.")]
    [InlineData("", "activation is empty, but must be one of linear, relu, leaky_relu, tanh, sigmoid, sine. Give such a value, or search with {choice: [...]}.")]
    public void Parse_BadWord_SaysWhat(string value, string fault) =>
        Assert.EndsWith($": {fault}", Read.Fault($"target: curve\nspace:\n  activation: {value}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("widths: 512", "widths is '512', but must be a list of at most 64 whole numbers from 1 to 16384. Write 'widths: [512, 512]'.")]
    [InlineData("widths: [0]", "An item of widths is '0', but must be a whole number from 1 to 16384. Change it.")]
    [InlineData("{widths: [64], depth: 3}", "widths is given beside depth, but must stand alone. Delete one of the two.")]
    [InlineData("{scaler: {unit: {x: 1}}}", "Parameter is 'x', but must be one of width, depth, widths, learning_rate, batch_size. Choose one of them, or delete it.")]
    [InlineData("encoding: {identity: {widths: [4], width: 8}}", "widths is given beside width, but must stand alone. Delete one of the two.")]
    [InlineData("{widths: [4], encoding: {choice: [identity, taylor: {width: 8}]}}", "width is given under encoding.taylor without depth, but must come with it, since widths is given outside. Add depth, or write widths here.")]
    [InlineData("{encoding: {identity: {batch_size: 8}}, scaler: {choice: [unit: {batch_size: 16}, pi]}}", "batch_size is given under scaler.unit, but must not be: batch_size is given under encoding.identity, and a trial may take both. Delete one of the two.")]
    [InlineData("{activation: {tanh: {depth: 1}}, encoding: {identity: {widths: [8]}}}", "widths is given under encoding.identity, but must not be: depth is given under activation.tanh, and a trial may take both. Delete one of the two.")]
    [InlineData("relu", "space is 'relu', but must be a mapping of parameters. Write 'name: value' lines under it.")]
    public void Parse_BadSpace_SaysWhat(string space, string fault) =>
        Assert.EndsWith($": {fault}", Read.Fault($"target: curve\nspace:\n  {space}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("seed: -1", "2:7: seed: seed is '-1', but must be a whole number from 0 to 18446744073709551615. Change it, or delete the line for 0.")]
    [InlineData("replicates: on", "2:13: replicates: replicates is 'on', but must be a whole number from 1 to 100. Change it, or delete the line for 1.")]
    [InlineData("learning_rate: 0.1", "2:1: learning_rate: Key is 'learning_rate', but must not stand here. It is a parameter of trials: indent it under 'space:'.")]
    [InlineData("sampler: {grid: {order: x}}", "2:18: sampler.grid.order: Key is 'order', but must be left out: sampler.grid has no settings. Delete it.")]
    [InlineData("sampler: [grid]", "2:10: sampler: sampler is a list of 1, but must be SAMPLERS. Write 'sampler: random'.")]
    [InlineData("pruner: {asha: 3}", "2:16: pruner.asha: asha is '3', but must be a mapping of its settings. Write 'asha: {name: value}'.")]
    [InlineData("pruner: {asha: {promote: 1}}", "2:26: pruner.asha.promote: promote is '1', but must be true or false. Change it, or delete the line for false.")]
    [InlineData("pruner: {sha: {min_epochs: 21}}", "2:28: pruner.sha.min_epochs: min_epochs is '21', but must be at most epochs, which is 20. Lower it, or raise epochs.")]
    [InlineData("pruner: {percentile: {percentile: 100}}", "2:35: pruner.percentile.percentile: percentile is '100', but must be a number above 0 and below 100. Change it, or delete the line for 25.")]
    [InlineData("pruner: threshold", "2:9: pruner.threshold: threshold is given without bounds, but must have at least one of lower, upper, gap_lower, gap_upper. Add one.")]
    [InlineData("pruner: {threshold: {lower: 2, upper: 1}}", "2:39: pruner.threshold.upper: upper is '1', but must be at least the lower bound, which is 2. Swap them.")]
    [InlineData("pruner: {threshold: {upper: high}}", "2:29: pruner.threshold.upper: upper is 'high', but must be a number from -1E+300 to 1E+300. Change it.")]
    [InlineData("pruner: {any: {pruners: []}}", "2:25: pruner.any.pruners: pruners is a list of 0, but must be a list of 1 to 16 pruners. Write 'any: {pruners: [asha, gap]}'.")]
    [InlineData("pruner: any", "2:9: pruner.any.pruners: pruners is missing, but must be a list of 1 to 16 pruners. Write 'any: {pruners: [asha, gap]}'.")]
    [InlineData("pruner: {any: {pruners: [asha, medin]}}", "2:32: pruner.any.pruners[1]: pruner is 'medin', but must be one of none, asha, sha, hyperband, median, percentile, patience, threshold, wilcoxon, gap, curve, any. Did you mean 'median'?")]
    [InlineData("pruner: {any: {pruners: [sha, {asha: {promote: true}}]}}", "2:31: pruner.any.pruners[1]: pruner is a second one that pauses trials, but must not be: the two could disagree on who goes on. Leave one out, or let it not promote nor wait for min_trials.")]
    [InlineData("pruner: {patience: {wrapped: sha}}", "2:30: pruner.patience.wrapped: wrapped is a pruner that pauses trials, but must be one that ends them. Leave promote and min_trials out, or wrap another one.")]
    [InlineData("pruner: {patience: {wrapped: {asha: {min_trials: 2}}}}", "2:30: pruner.patience.wrapped: wrapped is a pruner that pauses trials, but must be one that ends them. Leave promote and min_trials out, or wrap another one.")]
    [InlineData("pruner: {asha: {min_epochs: 21}}", "2:29: pruner.asha.min_epochs: min_epochs is '21', but must be at most epochs, which is 20. Lower it, or raise epochs.")]
    [InlineData("objective: validation.loss", "2:12: objective: objective is 'validation.loss', but must be one entry, minimize: METRIC or maximize: METRIC. Write 'objective: {minimize: validation.rmse}'.")]
    [InlineData("objective: {minimize: loss}", "2:23: objective.minimize: minimize is 'loss', but must be one of validation.accuracy, validation.loss, validation.psnr, validation.rmse. Choose one of them, or delete it.")]
    [InlineData("objective: {maximize: validation.accuracy}", "2:23: objective.maximize: objective is validation.accuracy, but must be one of validation.loss, validation.rmse: the target has no other metric. Write 'minimize: validation.rmse'.")]
    [InlineData("objective: {maximize: validation.loss}", "2:13: objective: objective is to maximize validation.loss, but must be to minimize it: lower is better. Write 'minimize: validation.loss'.")]
    public void Parse_BadSetting_SaysWhereAndWhat(string line, string fault) =>
        Assert.Equal($"test.yaml:{fault.Replace("SAMPLERS", SweepSettings.Sampler.Rule, StringComparison.Ordinal)}", Read.Fault($"target: curve\n{line}"));

    [Theory]
    [InlineData("{kind: curv}", "1:16: target.kind: kind is 'curv', but must be one of ")]
    [InlineData("{kind: curve, noise: loud}", "1:30: target.noise: noise is 'loud', but must be a number from 0 to 10.")]
    [InlineData("{kind: curve, noise: [1]}", "1:30: target.noise: noise is a list of 1, but must be a single value.")]
    [InlineData("{kind: curve, noise: }", "1:30: target.noise: noise is empty, but must be a single value.")]
    [InlineData("{formula: sine}", "1:9: target.kind: kind is missing, but must be one of ")]
    [InlineData("[curve]", "1:9: target: target is a list of 1, but must be a kind of target, one of ")]
    [InlineData("", "1:8: target: target is empty, but must be a kind of target, one of ")]
    public void Parse_BadTarget_SaysWhereAndWhat(string target, string fault) =>
        Assert.StartsWith($"test.yaml:{fault}", Read.Fault($"target: {target}"), StringComparison.Ordinal);

    [Fact]
    public void Parse_NoTarget_IsAFault() =>
        Assert.StartsWith("test.yaml:1:1: target: target is missing, but must be given. Write 'target: KIND'", Read.Fault("trials: 3"), StringComparison.Ordinal);

    [Fact]
    public void Parse_GridOverAContinuousRange_NamesTheParameter() => Assert.Equal(
        "test.yaml:2:10: sampler: sampler is grid, but must be another one while optimizer.adam.learning_rate is a continuous range. Give that a step or a choice, or use random.",
        Read.Fault("target: curve\nsampler: grid\nspace: {optimizer: {adam: {learning_rate: {float: [0.1, 1]}}}}"));

    [Fact]
    public void Parse_GridWithTooManyCells_CountsThem() => Assert.StartsWith(
        "test.yaml:2:10: sampler: sampler is grid with 268435456 cells, but must have at most 1000000.",
        Read.Fault("target: curve\nsampler: grid\nspace: {width: {int: [1, 16384]}, batch_size: {int: [1, 16384]}}"),
        StringComparison.Ordinal);

    [Fact]
    public void Parse_FaultInAnAnchoredValue_ComesOnce() => Assert.StartsWith(
        "test.yaml:2:52: space.optimizer.adam.epsilon: ",
        Read.Fault("target: curve\nspace: {optimizer: {choice: [{adam: &own {epsilon: 2}}, {rmsprop: *own}]}}"),
        StringComparison.Ordinal);
}
