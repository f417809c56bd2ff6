using System.Net;
using System.Text.RegularExpressions;
using ApproxCluster.Trainer;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ApproxCluster.Silo.Options;

/// <summary>Finds all faults of a silo's settings at once.</summary>
internal sealed partial class SiloSettingsValidator : IValidateOptions<SiloSettings>
{
    public const int SlotLimit = 4096;

    public ValidateOptionsResult Validate(string? name, SiloSettings options)
    {
        var faults = Faults(options).ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Faults(SiloSettings settings)
    {
        if (settings.Slots is < 1 or > SlotLimit)
        {
            yield return $"--slots is {settings.Slots}, but must be 1..{SlotLimit}. Give the number of cores that may train.";
        }

        if (settings.ThreadsPerTrial is < 1 or > TrainerLimits.Threads)
        {
            yield return $"--threads-per-trial is {settings.ThreadsPerTrial}, but must be 1..{TrainerLimits.Threads}. Give the cores that one trial may use.";
        }

        foreach (var (option, port) in new[] { ("--silo-port", settings.SiloPort), ("--gateway-port", settings.GatewayPort) })
        {
            if (port is < 0 or > IPEndPoint.MaxPort)
            {
                yield return $"{option} is {port}, but must be 0..{IPEndPoint.MaxPort}. Use 0 for a free port.";
            }
        }

        if (settings.SiloPort == settings.GatewayPort && settings.SiloPort != 0)
        {
            yield return $"--gateway-port is {settings.GatewayPort}, but must differ from --silo-port, which is {settings.SiloPort}. Choose another.";
        }

        if (!settings.HttpOff && settings.HttpEndPoint is null)
        {
            yield return $"--http is '{settings.Http}', but must be [ADDRESS:]PORT with an IP address, or off. Use 127.0.0.1:9600 for this machine only.";
        }

        if (!IPAddress.TryParse(settings.Advertise, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            yield return $"--advertise is '{settings.Advertise}', but must be an IP address that the other silos reach. Give this machine's own.";
        }

        if (!Word().IsMatch(settings.ClusterId))
        {
            yield return $"--cluster-id is '{settings.ClusterId}', but must be 1..60 letters, digits, '-', '_' or '.'. Choose a plain word.";
        }

        if (!Directory.Exists(settings.DataFolder))
        {
            yield return $"--data is '{settings.DataFolder}', but must be a folder. Make it, or leave the option out for the current folder.";
        }

        if (settings.Postgres is { } text && PostgresFault(text) is { } fault)
        {
            yield return $"--postgres must be an Npgsql connection string, but {fault} Write it like Host=db;Database=approx;Username=approx.";
        }
    }

    // Without the text itself: it may hold a password.
    private static string? PostgresFault(string text)
    {
        try
        {
            return string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(text).Host) ? "it has no Host." : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return "it cannot be read as one.";
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,60}\z")]
    private static partial Regex Word();
}
