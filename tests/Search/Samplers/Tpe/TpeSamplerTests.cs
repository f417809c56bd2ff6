namespace ApproxCluster.Search.Tests;

public sealed class TpeSamplerTests : ModelSamplerContract
{
    protected override string Word => "tpe";
}

public sealed class TpeSamplerAloneTests : ModelSamplerContract
{
    protected override string Word => "{tpe: {multivariate: false, constant_liar: false, consider_endpoints: true}}";

    protected override string SamplerName => "TpeSampler";
}

public sealed class TpeSamplerWithoutGroupsTests : ModelSamplerContract
{
    protected override string Word => "{tpe: {group: false, n_startup_trials: 4}}";

    protected override string SamplerName => "TpeSampler";
}
