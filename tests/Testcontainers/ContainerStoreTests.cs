using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;

namespace ApproxCluster.Storage.Tests;

/// <summary>One container for the class, of the image that deploy/compose.yaml uses; a database for each test.</summary>
public sealed class ContainerFixture : IAsyncLifetime
{
    private PostgreSqlContainer? container;

    /// <summary>Its connection string; null where there is no Docker.</summary>
    public string? Server { get; private set; }

    /// <summary>Why there is none.</summary>
    public string Missing { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        // Building asks for the Docker endpoint already. Any other fault, such as an image that cannot be pulled, fails the tests.
        try
        {
            container = new PostgreSqlBuilder("postgres:17").Build();
            await container.StartAsync();
            Server = container.GetConnectionString();
        }
        catch (DockerUnavailableException error)
        {
            Missing = $"Docker is not available: {error.Message.ReplaceLineEndings(" ")}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (container is not null)
        {
            await container.DisposeAsync();
        }
    }
}

/// <summary>The contract of every store, against PostgreSQL in a container.</summary>
public sealed class ContainerStoreTests(ContainerFixture fixture) : SweepStoreContract, IClassFixture<ContainerFixture>
{
    protected override async Task<ISweepStore> OpenAsync(int version)
    {
        Assert.SkipWhen(fixture.Server is null, fixture.Missing);
        return (await PostgresDatabases.OpenAsync(fixture.Server!, version)).Store;
    }
}
