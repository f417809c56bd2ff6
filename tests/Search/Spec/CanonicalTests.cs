namespace ApproxCluster.Search.Tests;

public sealed class CanonicalTests
{
    [Fact]
    public void Canonical_RandomSpecs_IsAFixedPoint()
    {
        for (var seed = 0UL; seed < 300; seed++)
        {
            var text = new RandomSweeps(seed).Next();
            var result = SweepFile.Parse(text, "random.yaml");
            Assert.True(result.Spec is not null, $"seed {seed}: {text}\n{string.Join('\n', result.Faults)}");

            var canonical = SweepFile.Canonical(result.Spec);
            var again = SweepFile.Parse(canonical, "canonical");

            Assert.True(again.Spec is not null, $"seed {seed}: {canonical}\n{string.Join('\n', again.Faults)}");
            Assert.Equal(canonical, SweepFile.Canonical(again.Spec));
            Assert.DoesNotContain('\n', canonical);
            AssertSame(result.Spec.Space.Parameters, again.Spec.Space.Parameters);
        }
    }

    [Fact]
    public void Canonical_ReadAgain_GivesTheSameConfigurations()
    {
        for (var seed = 0UL; seed < 100; seed++)
        {
            var spec = SweepFile.Parse(new RandomSweeps(seed).Next(), "random.yaml").Spec!;
            var again = SweepFile.Parse(SweepFile.Canonical(spec), "canonical").Spec!;
            var (sampler, other) = (SamplerFactory.Create(spec), SamplerFactory.Create(again));

            for (var configuration = 0; configuration < 4; configuration++)
            {
                Assert.Equal(sampler.Suggest(configuration, []), other.Suggest(configuration, []));
            }
        }
    }

    private static void AssertSame(IReadOnlyList<Parameter> expected, IReadOnlyList<Parameter> actual)
    {
        Assert.Equal(expected.Select(parameter => parameter.Path), actual.Select(parameter => parameter.Path));
        foreach (var (one, other) in expected.Zip(actual))
        {
            if (one.Domain is ChoiceDomain choices)
            {
                var others = Assert.IsType<ChoiceDomain>(other.Domain).Choices;
                Assert.Equal(choices.Choices.Select(choice => choice.Value), others.Select(choice => choice.Value));
                Assert.All(choices.Choices.Zip(others), pair => AssertSame(pair.First.Parameters, pair.Second.Parameters));
                continue;
            }

            Assert.Equal(one.Domain, other.Domain);
        }
    }
}
