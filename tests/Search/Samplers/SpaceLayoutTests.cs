using ApproxCluster.Trainer;

namespace ApproxCluster.Search.Tests;

public sealed class SpaceLayoutTests
{
    [Fact]
    public void Assign_RandomSpaces_IsWhatTheWalkMakes()
    {
        var sweeps = new RandomSweeps(5);
        for (var file = 0; file < 200; file++)
        {
            var space = Read.Spec(sweeps.Next()).Space;
            var (layout, unfolded) = (new SpaceLayout(space), Overrides.Unfold(space));
            var numbers = SpaceWalk.Searched(space).Select((parameter, number) => (parameter.Path, number)).ToDictionary();
            for (var point = 0; point < 5; point++)
            {
                var expected = SpaceWalk.Assign(
                    unfolded, parameter => UnitMapping.Value(parameter.Domain, numbers.TryGetValue(parameter.Path, out var number) ? Unit(number) : 0));

                Assert.Equal(expected, layout.Assign(Unit));

                double Unit(int number) => new Philox((ulong)point, (ulong)number).NextDouble();
            }
        }
    }
}
