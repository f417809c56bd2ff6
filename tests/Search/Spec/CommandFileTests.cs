namespace ApproxCluster.Search.Tests;

/// <summary>Sweep files with <c>trainer</c>.</summary>
public sealed class CommandFileTests
{
    private const string Whole =
        """
        name: tuned
        trainer:
          command: [python3, train.py, --quick, 5]
          parameters: stdin
          directory: scripts
          environment: {OMP_NUM_THREADS: 1, EMPTY: ""}
          cost: width * 2
          resumable: true
          grace_seconds: 2.5
          limits: {trial_seconds: 60, epoch_seconds: 10, memory_mib: 512}
          exit_codes: {pruned: 10, retry: 11}
          retries: 5
          retry_seconds: 0
          frozen: 3
        space:
          learning_rate: {float: [1.0e-4, 1.0e-1], log: true}
          width: {int: [-8, 64], step: 8}
          layers: {choice: [[64, 64], [128], [true, a, 0.5]]}
          dropout: 0.0
          augment: {choice: [true, false]}
          optimizer:
            choice:
              - adam
              - sgd: {momentum: {float: [0, 0.9]}, learning_rate: 0.1, decay: {rate: {steps: 3}}}
        where: width > 0 or optimizer == 'adam'
        forbid: [{augment: true, layers: [64, 64]}]
        first: [{optimizer.sgd.momentum: 0.5, dropout: 0.0}]
        objective: [{maximize: val.f1, gap_weight: 0.5}, {minimize: latency}, {minimize: gap}]
        """;

    [Fact]
    public void Parse_EverySetting_IsRead()
    {
        var spec = Read.Spec(Whole);
        var command = spec.Command!;

        Assert.Null(spec.Target);
        Assert.Equal(["python3", "train.py", "--quick", "5"], command.Arguments);
        Assert.Equal((ParameterPassing.Stdin, "scripts", "width * 2", true), (command.Parameters, command.Directory, command.Cost!.Text, command.IsResumable));
        Assert.Equal([new("EMPTY", ""), new("OMP_NUM_THREADS", "1")], command.Environment);
        Assert.Equal((2.5, 60.0, 10.0, 512), (command.GraceSeconds, command.TrialSeconds, command.EpochSeconds, command.MemoryMib));
        Assert.Equal((10, 11, 5, 0.0, 3), (command.PrunedCode, command.RetryCode, command.Retries, command.RetrySeconds, command.Frozen));
        Assert.Equal("validation.f1", command.Metric);
        Assert.Equal(("validation.f1", true), (spec.Objective.Metric, spec.Objective.Maximize));
        Assert.Equal(["latency", "gap"], spec.Objective.Further.Select(further => further.Quantity));
    }

    [Fact]
    public void Parse_CommandAlone_HasTheDefaults()
    {
        var spec = Read.Spec("trainer: {command: [./train]}");

        Assert.Equal(new Objective(false, "validation.loss"), spec.Objective);
        Assert.Equal("validation.accuracy", spec.Command!.Metric);
        Assert.Equal((ParameterPassing.Argument, 5.0, 3, 75, 76), (spec.Command.Parameters, spec.Command.GraceSeconds, spec.Command.Retries, spec.Command.RetryCode, spec.Command.PrunedCode));
        Assert.Empty(spec.Space.Parameters);
    }

    [Fact]
    public void Canonical_EverySetting_ReadsBackEqualAndKeepsToTheSchema()
    {
        var canonical = SweepFile.Canonical(Read.Spec(Whole));

        Assert.Equal(canonical, SweepFile.Canonical(Read.Spec(canonical)));
        Assert.Empty(SweepSchemaTests.Faults(Whole));
        Assert.Empty(SweepSchemaTests.Faults(canonical));
    }

    [Fact]
    public void Json_APoint_HasTheTypesOfTheFile()
    {
        var spec = Read.Spec(Whole);
        var point = new RandomSampler(spec.Space, 1);
        var texts = Enumerable.Range(0, 50).Select(number => FreeValues.Json(point.Suggest(number, new SearchHistory())!)).ToList();

        Assert.All(texts, text => Assert.Contains("\"dropout\":0.0", text, StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("\"augment\":true", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("\"layers\":[64,64]", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("\"layers\":[true,\"a\",0.5]", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("\"optimizer\":\"sgd\",\"optimizer.sgd.decay\":\"rate\",\"optimizer.sgd.decay.rate.steps\":3,\"optimizer.sgd.learning_rate\":0.1,\"optimizer.sgd.momentum\":", StringComparison.Ordinal));
        Assert.All(texts, text => System.Text.Json.JsonDocument.Parse(text).Dispose());
    }

    /// <summary>Of the built-in trainer's parameters some stand above others of the same name. A program's never do.</summary>
    [Fact]
    public void Parse_NamesOfTheBuiltInTrainer_MeanNothing()
    {
        var spec = Read.Spec("{trainer: {command: [a]}, sampler: grid, space: {learning_rate: {choice: [1, 2]}, widths: 7, optimizer: {choice: [{sgd: {learning_rate: {choice: [3, 4]}}}, adam]}}}");

        Assert.Equal(6, spec.Trials);
        Assert.Contains("\"widths\":7", SweepFile.Canonical(spec), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_ManyFaults_ReportsAllWithTheirPlaces()
    {
        const string File = """
            target: curve
            trainer:
              command: python3 train.py
              parameters: flags
              environment: {APPROX_SEED: 3, A: [1]}
              metric: validation.loss
              cost: width >
              grace_seconds: -1
              limits: {trial_second: 4, memory_mib: 0}
              exit_codes: {pruned: 0, retry: 7}
              retries: many
              directory:
              shell: true
            space:
              learning rate: 1
              width: {flaot: [1, 2]}
              depth: {int: [1, 2.5]}
              dropout: {choice: [0.1, 0.1, "[x"]}
              empty:
            objective: {minimize: 3x}
            """;

        Assert.Equal(
            [
                "test.yaml:1:9: target: target is 'curve', but must be left out beside trainer: a program brings its own data. Delete one of the two.",
                "test.yaml:3:12: trainer.command: command is 'python3 train.py', but must be the program and its arguments, a list of texts: no shell takes it apart. Write 'command: [python3, train.py]'.",
                "test.yaml:4:15: trainer.parameters: parameters is 'flags', but must be one of argument, environment, stdin. Change it, or delete the line for argument.",
                "test.yaml:5:17: trainer.environment.APPROX_SEED: Variable is 'APPROX_SEED', but must be a name without '=' that does not begin with APPROX_. Rename it.",
                "test.yaml:5:36: trainer.environment.A: environment.A is a list of 1, but must be a text. Give it one value.",
                "test.yaml:6:11: trainer.metric: metric is 'validation.loss', but must be a name of at most 60 letters, digits, '_', '-', '/' or '.', beginning with a letter, other than the loss. Write 'metric: validation.accuracy'.",
                "test.yaml:7:16: trainer.cost: Expression ends here, but must be a number, a 'word', a parameter, a function or (. Complete the expression.",
                "test.yaml:8:18: trainer.grace_seconds: grace_seconds is '-1', but must be a number from 0 to 3600. Change it, or delete the line for 5.",
                "test.yaml:9:12: trainer.limits.trial_second: Key is 'trial_second', but must be one of trial_seconds, epoch_seconds, memory_mib. Did you mean 'trial_seconds'?",
                "test.yaml:9:41: trainer.limits.memory_mib: memory_mib is '0', but must be a whole number from 1 to 1073741824. Change it.",
                "test.yaml:10:24: trainer.exit_codes.pruned: pruned is '0', but must be a whole number from 1 to 255. Change it, or delete the line for 76.",
                "test.yaml:11:12: trainer.retries: retries is 'many', but must be a whole number from 0 to 100. Change it, or delete the line for 3.",
                "test.yaml:12:13: trainer.directory: directory is empty, but must be a path. Write 'directory: experiments'.",
                "test.yaml:13:3: trainer.shell: Key is 'shell', but must be one of command, parameters, resumable, grace_seconds, retries, retry_seconds, frozen, limits, exit_codes, directory, environment, metric, cost. Choose one of them, or delete it.",
                "test.yaml:15:3: space.learning rate: Parameter is 'learning rate', but must be a name of at most 60 letters, digits and '_' that begins with a letter or '_'. Rename it.",
                "test.yaml:16:11: space.width: width is a mapping, but must be a value, {int: [low, high]}, {float: [low, high]}, {choice: [...]}, {ordinal: [...]}, or one word with a mapping of its parameters. Did you mean 'float'?",
                "test.yaml:17:20: space.depth: An end of depth is '2.5', but must be a whole number from -9007199254740992 to 9007199254740992. Change the range.",
                "test.yaml:18:27: space.dropout: choice has 0.1 twice, but must have each value once. Delete one of the two.",
                "test.yaml:18:32: space.dropout: dropout is the text '[x', but must be a number, a word of at most 1000 characters that does not begin with '[', or a list of such. Give such a value, or search with {float: [low, high]} or {choice: [...]}.",
                "test.yaml:19:9: space.empty: empty is empty, but must be a number, a word of at most 1000 characters that does not begin with '[', or a list of such. Give such a value, or search with {float: [low, high]} or {choice: [...]}.",
                "test.yaml:20:23: objective.minimize: minimize is '3x', but must be the name of a figure that the program reports, a name of at most 60 letters, digits, '_', '-', '/' or '.', beginning with a letter. Write 'minimize: validation.accuracy'.",
            ],
            Read.Faults(File));
    }

    [Theory]
    [InlineData("trainer: python3", "test.yaml:1:10: trainer: trainer is 'python3', but must be a mapping with command. Write 'trainer: {command: [python3, train.py]}'.")]
    [InlineData("trainer: {retries: 1}", "test.yaml:1:10: trainer.command: command is missing, but must be given. Write 'command: [python3, train.py]'.")]
    [InlineData("trainer: {command: [a], exit_codes: {pruned: 75}}", "test.yaml:1:37: trainer.exit_codes: pruned is 75, but must differ from retry, which is the same. Change one of the two.")]
    [InlineData("{trainer: {command: [a], metric: f1}, objective: {maximize: auc}}", "test.yaml:1:34: trainer.metric: metric is f1, but must be that of the objective, which is auc. Delete the line.")]
    [InlineData("{trainer: {command: [a]}, objective: [{minimize: a}, {maximize: gap}]}", "test.yaml:1:55: objective[1]: objective[1] is to maximize gap, but must be to minimize it: lower is better. Write 'minimize: gap'.")]
    [InlineData("{trainer: {command: [a]}, sampler: pbt, space: {learning_rate: {float: [0, 1]}}}", "test.yaml:1:36: sampler: sampler is pbt, but must be another one beside trainer: the weights that its trials would go on from are the program's own. Use auto.")]
    [InlineData("{trainer: {command: [a], cost: width}, space: {depth: 1}}", "test.yaml:1:32: trainer.cost: Parameter is 'width', but must be one that this space has. 'approx check' lists their paths; words stand in quotes.")]
    public void Parse_Fault_IsToldWithItsPlace(string file, string fault) => Assert.Equal(fault, Read.Fault(file));
}
