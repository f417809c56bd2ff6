using ApproxCluster.Bench.Search;

namespace ApproxCluster.Bench.Tests;

/// <summary>Functions of files that tests write.</summary>
internal static class Specs
{
    public const string Plane = """[{"name":"x0","type":"float","low":-5,"high":10,"log":false},{"name":"x1","type":"float","low":0,"high":15,"log":false}]""";

    public const string Curves = """
        [{"name":"lr","type":"float","low":1e-4,"high":1,"log":true},{"name":"wd","type":"float","low":1e-6,"high":0.1,"log":true},
         {"name":"width","type":"int","low":16,"high":1024,"log":true,"step":1},{"name":"dropout","type":"float","low":0,"high":0.7,"log":false},
         {"name":"batch","type":"int","low":16,"high":512,"log":true,"step":1},{"name":"optimizer","type":"categorical","choices":["sgd","adam"]}]
        """;

    /// <summary>One function of a file with one.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fields">Its fields beside the kind, optimum, scale and checkpoints of a scalar function.</param>
    public static BenchFunction Scalar(string name, string fields) =>
        Read(name, $$"""{"kind":"scalar","optimum":0,"scale":1,"checkpoints":[10],{{fields}}}""");

    /// <summary>One function of a file with one.</summary>
    public static BenchFunction Read(string name, string entry)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, $$"""{"version":1,"functions":{"{{name}}":{{entry}} } }""");
            return Assert.Single(FunctionFile.Read(file, new Tables(Path.GetTempPath())));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A plan of a run.</summary>
    public static RunPlan Plan(BenchFunction function, int budget, int workers = 1, string sampler = "random", string? pruner = null, bool recommend = false) =>
        new(function, Method.Read(sampler, pruner, function.Epochs), workers, budget, recommend, false, "approx/test");
}
