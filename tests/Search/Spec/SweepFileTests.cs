namespace ApproxCluster.Search.Tests;

public sealed class SweepFileTests
{
    private const string Full = """
        name: full
        target:
          kind: curve
          formula: chirp
          noise: 1e-1
        space:
          encoding:
            choice:
              - identity
              - taylor: {order: {int: [1, 12]}}
              - fourier1d: {order: {choice: [1, 2, 4, 8]}}
          width: {int: [16, 256], log: true}
          depth: {int: [0, 4], step: 2}
          activation: {choice: [relu, tanh, {sine: {frequency: {float: [1, 60], log: true}}}]}
          optimizer:
            choice:
              - adam: {learning_rate: {float: [1e-4, 1e-1], log: true}}
              - sgd: {momentum: 0.9, learning_rate: {float: [1e-3, 1], log: true}}
          learning_rate: 0.001
          batch_size: {choice: [16, 32, 64]}
          schedule: {step: {factor: 0.5, every: 10}}
          scaler: auto
        objective: {minimize: validation.loss}
        sampler: {random: {}}
        pruner: {asha: {min_epochs: 2, reduction_factor: 4, promote: true}}
        trials: 64
        parallel: 4
        seed: 18446744073709551615
        replicates: 3
        epochs: 50
        """;

    [Fact]
    public void Canonical_FullFile_IsTheRecordedText() => Assert.Equal(
        """
        {"name":"full","target":{"kind":"curve","formula":"chirp","noise":0.1,"samples":256,"test":1000,"validation":256},"space":{
        "encoding":{"choice":["identity",{"taylor":{"order":{"int":[1,12]}}},{"fourier1d":{"order":{"choice":[1,2,4,8]}}}]},
        "width":{"int":[16,256],"log":true},"depth":{"int":[0,4],"step":2},
        "activation":{"choice":["relu","tanh",{"sine":{"frequency":{"float":[1,60],"log":true}}}]},
        "optimizer":{"choice":[{"adam":{"learning_rate":{"float":[0.0001,0.1],"log":true},"beta1":0.9,"beta2":0.999,"epsilon":1E-08}},
        {"sgd":{"momentum":0.9,"learning_rate":{"float":[0.001,1],"log":true}}}]},
        "learning_rate":0.001,"batch_size":{"choice":[16,32,64]},"schedule":{"step":{"factor":0.5,"every":10}},"scaler":"auto"},
        "objective":{"minimize":"validation.loss"},"sampler":"random","pruner":{"asha":{"min_epochs":2,"reduction_factor":4,"promote":true}},
        "trials":64,"parallel":4,"seed":18446744073709551615,"replicates":3,"epochs":50}
        """.ReplaceLineEndings(""),
        SweepFile.Canonical(Read.Spec(Full)));

    [Fact]
    public void Canonical_OnlyATarget_HasEveryDefault() => Assert.Equal(
        """
        {"name":"test","target":{"kind":"points","noise":0.1,"samples":400,"shape":"moons","test":2000,"validation":400},"space":{
        "encoding":"identity","scaler":"auto","width":64,"depth":2,"activation":"relu",
        "optimizer":{"adam":{"beta1":0.9,"beta2":0.999,"epsilon":1E-08}},"learning_rate":0.001,"schedule":"constant","batch_size":32},
        "objective":{"maximize":"validation.accuracy"},"sampler":"random","pruner":"none",
        "trials":32,"parallel":8,"seed":0,"replicates":1,"epochs":20}
        """.ReplaceLineEndings(""),
        SweepFile.Canonical(Read.Spec("target: points")));

    [Fact]
    public void Parse_Canonical_GivesAnEqualSpec()
    {
        var spec = Read.Spec(Full);

        var again = SweepFile.Parse(SweepFile.Canonical(spec), "other.yaml");

        Assert.Empty(again.Faults);
        Assert.Equal(spec, again.Spec);
        Assert.Equal(spec.GetHashCode(), again.Spec!.GetHashCode());
    }

    [Fact]
    public void Equals_OtherSeed_IsFalse() => Assert.NotEqual(Read.Spec(Full), Read.Spec(Full) with { Seed = 1 });

    [Fact]
    public void Parse_PathsOfNestedParameters_NameParentVariantAndOwn()
    {
        var paths = SpaceWalk.Searched(Read.Spec(Full).Space).Select(parameter => parameter.Path);

        Assert.Equal(
            [
                "encoding", "encoding.taylor.order", "encoding.fourier1d.order", "width", "depth", "activation", "activation.sine.frequency",
                "optimizer", "optimizer.adam.learning_rate", "optimizer.sgd.learning_rate", "batch_size",
            ],
            paths);
    }

    [Fact]
    public void Parse_OwnParameters_StandInTheChoicesAndReplaceTheOuterOnes()
    {
        var spec = Read.Spec(
            """
            target: curve
            space:
              encoding: {choice: [identity: {widths: [192, 192, 192], learning_rate: {choice: [1e-3, 2e-3]}}, fourier1d: {order: 16, widths: [176, 176, 176]}]}
              learning_rate: {float: [1e-4, 1e-2]}
              batch_size: {choice: [8, 16]}
              scaler: {choice: [unit: {batch_size: 4}, pi: {batch_size: {int: [1, 3]}}]}
            """);

        Assert.Equal(
            ["encoding", "encoding.identity.learning_rate", "learning_rate", "scaler", "scaler.pi.batch_size"], spec.Space.Searched().Select(parameter => parameter.Path));
        Assert.Contains(
            "{\"choice\":[{\"identity\":{\"widths\":[192,192,192],\"learning_rate\":{\"choice\":[0.001,0.002]}}},{\"fourier1d\":{\"order\":16,\"widths\":[176,176,176]}}]}",
            SweepFile.Canonical(spec),
            StringComparison.Ordinal);
        Assert.Equal(spec, Read.Spec(SweepFile.Canonical(spec)));
    }

    [Fact]
    public void Parse_Json_IsReadAsWell()
    {
        var spec = Read.Spec("""{"$schema": "x", "target": "curve", "space": {"width": {"choice": [1, 2]}}, "trials": 3}""");

        Assert.Equal(3, spec.Trials);
    }

    [Theory]
    [InlineData("folder/My sweep (2).yaml", "My-sweep--2-")]
    [InlineData("a.b.yaml", "a.b")]
    [InlineData(@"C:\x\mnist.yml", "mnist")]
    [InlineData(".yaml", ".yaml")]
    [InlineData("", "sweep")]
    public void Parse_NoName_TakesTheFiles(string file, string name) => Assert.Equal(name, SweepFile.Parse("target: curve", file).Spec!.Name);

    [Theory]
    [InlineData("curve", false, "validation.rmse")]
    [InlineData("{kind: points}", true, "validation.accuracy")]
    [InlineData("image", true, "validation.psnr")]
    [InlineData("mandelbrot", true, "validation.psnr")]
    [InlineData("{kind: mandelbrot, variant: member}", true, "validation.accuracy")]
    [InlineData("mnist", true, "validation.accuracy")]
    public void Parse_NoObjective_TakesTheTargetsMetric(string target, bool maximize, string metric) =>
        Assert.Equal(new Objective(maximize, metric), Read.Spec($"target: {target}").Objective);

    [Fact]
    public void Parse_Anchors_StandForTheirValues()
    {
        var spec = Read.Spec("target: curve\nspace:\n  width: &sizes {choice: [16, 32]}\n  batch_size: *sizes");

        Assert.Equal(2, Assert.IsType<ChoiceDomain>(spec.Space.Parameters[1].Domain).Choices.Count);
    }

    [Fact]
    public void Parse_Grid_HasAllCellsAndNeverMore()
    {
        const string Grid = "target: curve\nsampler: grid\nspace: {width: {choice: [8, 16]}, depth: {int: [1, 3]}}";

        Assert.Equal(6, Read.Spec(Grid).Trials);
        Assert.Equal(6, Read.Spec(Grid + "\ntrials: 100").Trials);
        Assert.Equal(4, Read.Spec(Grid + "\ntrials: 4").Trials);
    }

    [Theory]
    [InlineData("none", "\"none\"")]
    [InlineData("sha", """{"sha":{"min_epochs":1,"reduction_factor":3,"cohort":0}}""")]
    [InlineData("hyperband", """{"hyperband":{"min_epochs":1,"reduction_factor":3,"promote":false}}""")]
    [InlineData("median", """{"median":{"startup_trials":5,"min_trials":1,"warmup_epochs":0,"interval_epochs":1}}""")]
    [InlineData("percentile", """{"percentile":{"percentile":25,"startup_trials":5,"min_trials":1,"warmup_epochs":0,"interval_epochs":1}}""")]
    [InlineData("patience", """{"patience":{"patience":10,"min_delta":0,"interval_epochs":1}}""")]
    [InlineData("{asha: {min_trials: 1}}", """{"asha":{"min_epochs":1,"reduction_factor":3,"promote":false}}""")]
    [InlineData("{asha: {min_trials: 9}}", """{"asha":{"min_epochs":1,"reduction_factor":3,"promote":false,"min_trials":9}}""")]
    [InlineData("{patience: {wrapped: asha}}", """{"patience":{"patience":10,"min_delta":0,"interval_epochs":1,"wrapped":{"asha":{"min_epochs":1,"reduction_factor":3,"promote":false}}}}""")]
    [InlineData("{threshold: {upper: 2}}", """{"threshold":{"upper":2,"warmup_epochs":0,"interval_epochs":1}}""")]
    [InlineData("wilcoxon", """{"wilcoxon":{"p_threshold":0.1,"startup_replicates":2,"warmup_epochs":0,"interval_epochs":1}}""")]
    [InlineData("gap", """{"gap":{"tolerance":0.01,"patience":10,"warmup_epochs":0,"interval_epochs":1}}""")]
    [InlineData("curve", """{"curve":{"confidence":0.95,"warmup_epochs":8,"interval_epochs":1}}""")]
    [InlineData("{any: {pruners: [none, {gap: {max_gap: 3}}]}}", """{"any":{"pruners":["none",{"gap":{"max_gap":3,"tolerance":0.01,"patience":10,"warmup_epochs":0,"interval_epochs":1}}]}}""")]
    public void Canonical_Pruner_StatesItsDefaults(string pruner, string canonical)
    {
        var text = SweepFile.Canonical(Read.Spec($"target: curve\npruner: {pruner}"));

        Assert.Contains($"\"pruner\":{canonical},", text, StringComparison.Ordinal);
        Assert.Equal(text, SweepFile.Canonical(Read.Spec(text)));
    }

    [Theory]
    [InlineData("asha", 1, 3, false)]
    [InlineData("{asha: {}}", 1, 3, false)]
    [InlineData("{asha: }", 1, 3, false)]
    [InlineData("{asha: {min_epochs: 5, promote: true}}", 5, 3, true)]
    public void Parse_Asha_TakesDefaults(string pruner, int first, int factor, bool promote) =>
        Assert.Equal(new AshaPrunerSpec(first, factor, promote), Read.Spec($"target: curve\npruner: {pruner}").Pruner);

    [Theory]
    [InlineData("[]", "")]
    [InlineData("[512]", "512")]
    [InlineData("[512, 256, 64]", "512,256,64")]
    public void Parse_Widths_AreOneWord(string list, string word) =>
        Assert.Equal(new FixedDomain(ParameterValue.Of(word)), Read.Domain($"{{widths: {list}}}"));

    [Fact]
    public void Parse_Widths_ReplaceWidthAndDepth()
    {
        var spec = Read.Spec("target: curve\nspace: {widths: {choice: [[64], [64, 64], []]}}");

        Assert.DoesNotContain(spec.Space.Parameters, parameter => parameter.Path is "width" or "depth");
        Assert.Contains("\"widths\":{\"choice\":[[64],[64,64],[]]}", SweepFile.Canonical(spec), StringComparison.Ordinal);
        Assert.Equal(spec, Read.Spec(SweepFile.Canonical(spec)));
    }

    [Fact]
    public void Parse_TargetOptions_ComeInOneSpelling()
    {
        var one = Read.Spec("{name: x, target: {kind: curve, samples: 1e3, noise: 0.10}}");
        var other = Read.Spec("{name: x, target: {kind: curve, noise: 1e-1, samples: '1000', formula: two_waves}}");

        Assert.Equal(one, other);
    }

    [Fact]
    public void Parse_ImageFile_LeavesOutTheDefaultThatMayNotStandBesideIt()
    {
        var spec = Read.Spec("{target: {kind: image, file: \"a \\u00e9\\U0001F600.png\"}}");

        Assert.False(spec.Target!.Options.ContainsKey("size"));
        Assert.Equal("held_out", spec.Target.Options["split"]);
        Assert.Equal(spec, Read.Spec(SweepFile.Canonical(spec)));
    }

    [Fact]
    public void Parse_ByteOrderMark_IsIgnored() => Assert.Empty(SweepFile.Parse("\uFEFFtarget: curve", "a.yaml").Faults);
}
