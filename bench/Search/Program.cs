using ApproxCluster.Bench.Search;

try
{
    var options = Options.Parse(args);
    switch (options.Section)
    {
        case "check":
            var result = TestVectors.Check(options.Data);
            Console.WriteLine($"{result.Checked.Values.Sum()} values of {result.Checked.Count} functions agree, {result.Faults.Count} do not.");
            result.Faults.ToList().ForEach(Console.WriteLine);
            return result.Faults.Count == 0 ? 0 : 1;
        case "overhead":
            OverheadCommand.Run(options);
            return 0;
        default:
            RunCommand.Run(options);
            return 0;
    }
}
catch (Exception error) when ((error as AggregateException)?.InnerException as BenchException is not null || error is BenchException)
{
    Console.Error.WriteLine((error.InnerException ?? error).Message);
    return 2;
}
