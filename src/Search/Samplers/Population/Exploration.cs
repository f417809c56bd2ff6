using ApproxCluster.Trainer;

namespace ApproxCluster.Search;

/// <summary>
/// Changes the parameters of a trial for the one that goes on from its weights: each that can change while a network trains is, with <see cref="PbtSamplerSpec.Resample"/>, drawn anew, else
/// multiplied or divided by <see cref="PbtSamplerSpec.Perturb"/>, and at least by one step; of a list of values it becomes a neighbour. All others are inherited.
/// </summary>
internal sealed class Exploration(PbtSamplerSpec spec, SearchSpace space, ulong seed)
{
    private const int Tries = 20;

    private static readonly HashSet<string> Names =
        ["learning_rate", "batch_size", "clip_norm", "momentum", "beta1", "beta2", "epsilon", "weight_decay", "decay", "factor", "every"];

    private readonly SearchSpace unfolded = Overrides.Unfold(space);
    private readonly ulong key = Seeds.Derive(seed, "sampler.pbt");

    /// <summary>What can change while a network trains, to complete "must be".</summary>
    public static string Rule => string.Join(", ", Names);

    /// <summary>Whether a parameter can change while a network trains.</summary>
    public static bool CanChange(Parameter parameter) => Names.Contains(parameter.Path[(parameter.Path.LastIndexOf('.') + 1)..]);

    /// <summary>A point for a trial that goes on from another; the other's own where 20 tries give none that keeps the rules.</summary>
    /// <param name="parent">The other's point.</param>
    /// <param name="number">The configuration's number.</param>
    /// <param name="fits">Whether a point can go on from it.</param>
    public Assignment Change(Assignment parent, int number, Func<Assignment, bool> fits)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var random = new Philox(Seeds.Derive(key, "change", number), (ulong)attempt);
            var point = SpaceWalk.Assign(unfolded, parameter =>
            {
                var value = parent[parameter.Path]!.Value;
                return CanChange(parameter) ? Change(parameter.Domain, value, ref random) : value;
            });
            if (space.Allows(point) && fits(point))
            {
                return point;
            }
        }

        return parent;
    }

    private ParameterValue Change(Domain domain, ParameterValue value, ref Philox random)
    {
        var (anew, up, unit) = (random.NextDouble() < spec.Resample, random.NextDouble() < 0.5, random.NextDouble());
        if (anew)
        {
            return UnitMapping.Value(domain, unit);
        }

        switch (domain)
        {
            case IntDomain whole:
                var place = (value.Whole - whole.Low) / whole.Step;
                return ParameterValue.Of(UnitMapping.At(whole, Move(place, (value.Whole * Factor(up) - whole.Low) / whole.Step, up, UnitMapping.Count(whole))));
            case FloatDomain { Step: { } step } real:
                var index = (long)Math.Round((value.Number - real.Low) / step);
                return ParameterValue.Of(UnitMapping.At(real, Move(index, (value.Number * Factor(up) - real.Low) / step, up, UnitMapping.Count(real))));
            case FloatDomain real:
                return ParameterValue.Of(Math.Clamp(value.Number * Factor(up), real.Low, real.High));
            case ChoiceDomain choices:
                var known = choices.Choices.Index().First(choice => choice.Item.Value == value).Index;
                return choices.Choices[Math.Clamp(known + (up ? 1 : -1), 0, choices.Choices.Count - 1)].Value;
            default:
                return value;
        }
    }

    private double Factor(bool up) => up ? spec.Perturb : 1 / spec.Perturb;

    private static long Move(long place, double wanted, bool up, long count)
    {
        var moved = (long)Math.Round(wanted);
        return Math.Clamp(moved == place ? place + (up ? 1 : -1) : moved, 0, count - 1);
    }
}
