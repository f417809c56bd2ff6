using System.Globalization;

namespace ApproxCluster.Search;

/// <summary>Spaces that a sampler cannot search.</summary>
internal static class SamplerReach
{
    /// <summary>Why a sampler cannot search a space without faults, and what to do; null when it can.</summary>
    public static string? Fault(SamplerSpec sampler, SearchSpace space)
    {
        if (sampler is SobolSamplerSpec && SpaceWalk.Searched(space).Count() is var dimensions && dimensions > SobolSampler.MaximumDimensions)
        {
            return FormattableString.Invariant(
                $"sampler is sobol for {dimensions} searched parameters, but must have at most {SobolSampler.MaximumDimensions} of them. Use random, or fix some parameters.");
        }

        if (sampler is not GridSamplerSpec)
        {
            return null;
        }

        if (GridCells.FirstContinuous(space) is { } endless)
        {
            return $"sampler is grid, but must be another one while {endless.Path} is a continuous range. Give that a step or a choice, or use random.";
        }

        var cells = GridCells.Count(space);
        return cells <= GridCells.Maximum
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"sampler is grid with {cells} cells, but must have at most {GridCells.Maximum}. Give fewer values (a step, a choice), or use random.");
    }
}
