using ApproxCluster.Silo.Options;

namespace ApproxCluster.Silo.Tests.Options;

public sealed class SiloSettingsValidatorTests
{
    private static readonly SiloSettings Good = new();

    public static TheoryData<string, SiloSettings> Faults => new()
    {
        { "--slots is 0, but must be 1..4096.", Good with { Slots = 0 } },
        { "--threads-per-trial is 0, but must be 1..1024.", Good with { ThreadsPerTrial = 0 } },
        { "--silo-port is 65536, but must be 0..65535.", Good with { SiloPort = 65536 } },
        { "--gateway-port is -1, but must be 0..65535.", Good with { GatewayPort = -1 } },
        { "--gateway-port is 11111, but must differ from --silo-port, which is 11111.", Good with { GatewayPort = 11111 } },
        { "--http is 'x', but must be [ADDRESS:]PORT with an IP address, or off.", Good with { Http = "x" } },
        { "--http is '65536', but must be", Good with { Http = "65536" } },
        { "--advertise is '0.0.0.0', but must be an IP address that the other silos reach.", Good with { Advertise = "0.0.0.0" } },
        { "--cluster-id is 'a b', but must be 1..60", Good with { ClusterId = "a b" } },
        { "--data is '/no/such/folder', but must be a folder.", Good with { DataFolder = "/no/such/folder" } },
        { "but it has no Host.", Good with { Postgres = "Database=x;Password=secret" } },
        { "but it cannot be read as one.", Good with { Postgres = "nonsense=secret" } },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void Validate_FaultySetting_NamesValueAndRule(string message, SiloSettings settings)
    {
        var failure = Assert.Single(new SiloSettingsValidator().Validate(null, settings).Failures!);

        Assert.Contains(message, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_ManyFaults_TellsAllAtOnce()
    {
        var settings = Good with { Slots = -1, SiloPort = 70000, GatewayPort = -2, Http = "", Advertise = "", ClusterId = "", DataFolder = "/no/such" };

        Assert.Equal(7, new SiloSettingsValidator().Validate(null, settings).Failures!.Count());
    }

    [Theory]
    [InlineData("off", null)]
    [InlineData("0", "127.0.0.1:0")]
    [InlineData("9601", "127.0.0.1:9601")]
    [InlineData("10.1.2.3:80", "10.1.2.3:80")]
    [InlineData("[::1]:9600", "[::1]:9600")]
    public void Validate_HttpPlace_IsUnderstood(string http, string? endPoint)
    {
        var settings = Good with { Http = http };

        Assert.True(new SiloSettingsValidator().Validate(null, settings).Succeeded);
        Assert.Equal(endPoint, settings.HttpEndPoint?.ToString());
    }
}
