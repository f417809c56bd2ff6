namespace ApproxCluster.Trainer.Tests;

/// <summary>The form of exported files, where there is no onnxruntime to judge them.</summary>
public sealed class OnnxExportTests
{
    private static readonly string[] Operators =
        ["Add", "Concat", "Cos", "Gemm", "LeakyRelu", "Mul", "Relu", "Reshape", "Sigmoid", "Sin", "Softmax", "Sub", "Tanh"];

    public static TheoryData<TaskKind, EncodingKind, ActivationKind> Kinds
    {
        get
        {
            var kinds = new TheoryData<TaskKind, EncodingKind, ActivationKind>();
            foreach (var activation in Enum.GetValues<ActivationKind>())
            {
                kinds.Add((TaskKind)((int)activation % 3), (EncodingKind)((int)activation / 2), activation);
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ExportOnnx_EveryKind_IsAGraphWhoseNamesAreDefinedBeforeTheirUse(TaskKind task, EncodingKind encoding, ActivationKind activation)
    {
        using var model = ModelProblems.Fit(
            task, new EncodingConfiguration(encoding, encoding == EncodingKind.Identity ? 0 : 3), new ActivationConfiguration(activation));

        var file = Export(model);
        var graph = file.Messages(7).Single();
        var known = new HashSet<string>(graph.Messages(11).Select(input => input.Texts(1).Single()));
        foreach (var constant in graph.Messages(5))
        {
            Assert.True(known.Add(constant.Texts(8).Single()));
            var size = constant.Numbers(2).Single() == 1 ? 4 : 8;
            Assert.Equal(constant.Numbers(1).Aggregate(1L, (product, dimension) => product * dimension) * size, constant.Blocks(9).Single().Length);
        }

        foreach (var node in graph.Messages(1))
        {
            Assert.Contains(node.Texts(4).Single(), Operators);
            Assert.All(node.Texts(1), input => Assert.Contains(input, known));
            Assert.True(known.Add(node.Texts(2).Single()));
        }

        Assert.Contains(graph.Messages(12).Single().Texts(1).Single(), known);
    }

    [Fact]
    public void ExportOnnx_Always_StatesVersionAndMeaning()
    {
        using var model = ModelProblems.Fit(TaskKind.Classification);

        var file = Export(model);

        Assert.Equal([7], file.Numbers(1));
        Assert.Equal([13], file.Messages(8).Single().Numbers(2));
        Assert.Equal(["inputs"], file.Messages(7).Single().Messages(11).Single().Texts(1));
        Assert.Equal(["outputs"], file.Messages(7).Single().Messages(12).Single().Texts(1));
        Assert.Equal(ModelHeader.Write(model.Definition), file.Messages(14).Single().Texts(2).Single());
    }

    private static ProtoFields Export(Model model)
    {
        using var stream = new MemoryStream();
        model.ExportOnnx(stream);
        return new ProtoFields(stream.ToArray());
    }
}
