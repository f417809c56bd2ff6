using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace ApproxCluster.Dashboard;

/// <summary>Answers scrapes.</summary>
internal static class MetricsEndpoint
{
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(5);

    /// <summary>Negotiates the format, waits for the text no longer than the scraper will, compresses it if that is welcome.</summary>
    public static async Task HandleAsync(HttpContext context, MetricsPipeline pipeline, TimeProvider time)
    {
        var (format, contentType) = Negotiated.From(context.Request.Headers.Accept);
        var response = context.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept, Accept-Encoding";
        byte[] body;
        try
        {
            body = await pipeline.ScrapeAsync(format).WaitAsync(Deadline(context.Request), time, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status408RequestTimeout, "The metrics were not ready by the scrape's deadline.");
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
#pragma warning disable CA1031 // A scrape that fails must never look like an empty success.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status500InternalServerError, fault.Message);
            return;
        }

        response.ContentType = contentType;
        if (!Negotiated.TakesGzip(context.Request.Headers.AcceptEncoding))
        {
            response.ContentLength = body.Length;
            await response.Body.WriteAsync(body, context.RequestAborted);
            return;
        }

        response.Headers.ContentEncoding = "gzip";
        var zip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await using (zip.ConfigureAwait(false))
        {
            await zip.WriteAsync(body, context.RequestAborted);
        }
    }

    private static TimeSpan Deadline(HttpRequest request) =>
        double.TryParse(request.Headers["X-Prometheus-Scrape-Timeout-Seconds"], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0 && seconds < LongestDeadline.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : LongestDeadline;
}
