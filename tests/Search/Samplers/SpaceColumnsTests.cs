namespace ApproxCluster.Search.Tests;

public sealed class SpaceColumnsTests
{
    [Fact]
    public void Decode_OfEncode_GivesEveryPointBack()
    {
        foreach (var text in SpaceCheck.Spaces.Values)
        {
            var space = Read.Space(text.ReplaceLineEndings(" "));
            var columns = new SpaceColumns(space);
            var sampler = new RandomSampler(space, 3);
            for (var number = 0; number < 200; number++)
            {
                var point = sampler.Suggest(number, [])!;
                var back = columns.Decode(columns.Encode(point));

                Assert.Equal(point.Select(pair => pair.Key), back.Select(pair => pair.Key));
                foreach (var (path, value) in point)
                {
                    if (value.Kind == ParameterValueKind.Real)
                    {
                        Assert.Equal(value.Number, back[path]!.Value.Number, Math.Abs(value.Number) * 1e-12 + 1e-300);
                    }
                    else
                    {
                        Assert.Equal(value, back[path]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Snap_AnyNumber_StandsForTheSameValue()
    {
        var columns = new SpaceColumns(Read.Space("{batch_size: {int: [1, 7]}, width: {int: [1, 90], log: true}, learning_rate: {float: [1e-5, 1], log: true}, activation: {choice: [relu, tanh, sine]}}"));
        foreach (var column in columns.Columns)
        {
            for (var number = -0.25; number <= 1.25; number += 0.01)
            {
                Assert.Equal(column.Decode(number), column.Decode(column.Snap(number)));
                Assert.Equal(column.Snap(number), column.Snap(column.Snap(number)), 1e-12);
            }
        }
    }
}
