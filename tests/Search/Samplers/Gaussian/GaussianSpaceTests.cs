namespace ApproxCluster.Search.Tests;

public sealed class GaussianSpaceTests
{
    [Fact]
    public void Decode_OfEncode_GivesThePointBack()
    {
        foreach (var (_, text) in SpaceCheck.Spaces)
        {
            var space = Read.Space(text.ReplaceLineEndings(" "));
            var (numbers, random) = (new GaussianSpace(space), new RandomSampler(space, 3));
            var row = new double[numbers.Count];
            for (var number = 0; number < 40; number++)
            {
                var point = random.Suggest(number, [])!;
                numbers.Encode(point, row);
                var settled = row.ToArray();
                numbers.Settle(settled);

                Assert.Equal(row, settled);
                Assert.Equal(Choices(point), Choices(numbers.Decode(row)));
                foreach (var moved in Moves(numbers, row))
                {
                    var again = new double[row.Length];
                    numbers.Encode(numbers.Decode(moved), again);
                    Assert.All(moved.Zip(again), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
                }
            }
        }

        // Real numbers come back but for their last bits.
        static IEnumerable<string> Choices(Assignment point) => point.Select(pair => pair.Value.Kind == ParameterValueKind.Real ? $"{pair.Key}={pair.Value.Number:g6}" : $"{pair.Key}={pair.Value}");
    }

    [Fact]
    public void Moves_LongRange_GoToNearAndFarValues()
    {
        var space = new GaussianSpace(new([new("n", new IntDomain(0, 999)), new("short", new IntDomain(1, 16))]));
        var row = new double[2];
        space.Encode(new Assignment([KeyValuePair.Create("n", ParameterValue.Of(300L)), KeyValuePair.Create("short", ParameterValue.Of(7L))]), row);

        var moves = Moves(space, row).Select(move => space.Decode(move)).ToList();

        Assert.Equal([44, 236, 284, 296, 299, 301, 304, 316, 364, 556], moves.Select(move => move.Whole("n")).Where(number => number != 300));
        Assert.Equal(15, moves.Count(move => move.Whole("short") != 7));
    }

    [Fact]
    public void Update_ReplacedAndRunningOnes_AgreesWithAFreshOne()
    {
        var growing = new GrowingHistory();
        var (order, random) = (new FinishedOrder(), new RandomSampler(new([new("x", new FloatDomain(0, 1))]), 1));
        for (var number = 0; number < 50; number++)
        {
            growing.Add(random.Suggest(number, growing.History)!);
            if (number % 7 == 6)
            {
                growing.History.Set(growing.History[number - 5] with { Cost = 0.5 });
            }

            order.Update(growing.History);
            var fresh = new FinishedOrder();
            fresh.Update(growing.History);
            Assert.Equal(fresh.Order, order.Order);
            Assert.Equal(growing.History.Where(one => one.IsFinished && one.State != TrialState.Cancelled).Select(one => one.Configuration), order.Order.Order());
        }
    }

    private static List<double[]> Moves(GaussianSpace space, double[] row)
    {
        var (moves, columns) = (new RowSet(space.Count), new List<int>());
        var count = space.Moves(row, moves, columns);
        Assert.Equal(count, columns.Count);
        return [.. Enumerable.Range(0, count).Select(index => moves[index].ToArray())];
    }
}
