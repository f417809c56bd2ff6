using Microsoft.Extensions.Logging.Console;

namespace ApproxCluster.Silo.Hosting;

/// <summary>Logging for people: trouble only unless asked for more, one line each, all on standard error.</summary>
internal static class QuietConsole
{
    public static ILoggingBuilder AddQuietConsole(this ILoggingBuilder logging, bool verbose)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss.fff ";
            options.ColorBehavior = LoggerColorBehavior.Disabled;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(verbose ? LogLevel.Information : LogLevel.Warning);
        if (!verbose)
        {
            // Orleans warns of much that it mends by itself.
            logging.AddFilter("Orleans", LogLevel.Error);
            logging.AddFilter("Microsoft", LogLevel.Error);
        }

        return logging;
    }
}
