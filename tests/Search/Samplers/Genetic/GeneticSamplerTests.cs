namespace ApproxCluster.Search.Tests;

public sealed class Nsga2SamplerTests : ModelSamplerContract
{
    protected override string Word => "{nsga2: {population_size: 12}}";

    protected override string SamplerName => "NsgaSampler";

    protected override int ToyTrials => 400;
}

public sealed class Nsga2SamplerSbxTests : ModelSamplerContract
{
    protected override string Word => "{nsga2: {population_size: 12, crossover: sbx, mutation_prob: 0.2}}";

    protected override string SamplerName => "NsgaSampler";

    protected override int ToyTrials => 400;
}

public sealed class Nsga3SamplerTests : ModelSamplerContract
{
    protected override string Word => "{nsga3: {population_size: 12}}";

    protected override string SamplerName => "NsgaSampler";

    protected override int ToyTrials => 400;
}

public sealed class EvolutionSamplerTests : ModelSamplerContract
{
    protected override string Word => "evolution";

    protected override int ToyTrials => 250;
}
