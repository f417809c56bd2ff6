using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using ApproxCluster.Storage;
using Microsoft.AspNetCore.Http;

namespace ApproxCluster.Dashboard;

/// <summary>The plain page at <c>/</c>: the sweeps, with links into the API.</summary>
internal static class HomePage
{
    private const int Shown = 100;

    /// <summary>Writes the page.</summary>
    public static async Task HandleAsync(HttpContext context, ISweepStore store)
    {
        IReadOnlyList<SweepRow> sweeps;
        try
        {
            sweeps = await store.ListSweepsAsync(unfinishedOnly: false, context.RequestAborted);
        }
        catch (StorageException fault)
        {
            await ProblemAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, fault.Message);
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(Page(sweeps), context.RequestAborted);
    }

    private static string Page(IReadOnlyList<SweepRow> sweeps)
    {
        var html = new StringBuilder("""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Sweeps - ApproxCluster</title>
            <style>
            body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color-scheme: light dark; }
            table { border-collapse: collapse; width: 100%; }
            th, td { border-bottom: 1px solid #8884; padding: .4rem .8rem .4rem 0; text-align: left; }
            td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
            </style>
            </head>
            <body>
            <h1>Sweeps</h1>

            """);
        if (sweeps.Count == 0)
        {
            html.Append("<p>No sweep yet. Start one with <code>approx run examples/quickstart.yaml</code>.</p>\n");
        }
        else
        {
            html.Append("<table>\n<tr><th>Sweep</th><th>Status</th><th class=\"n\">Trials</th><th class=\"n\">Best</th><th>Created</th><th>Look at</th></tr>\n");
            foreach (var sweep in sweeps.Take(Shown))
            {
                Row(html, sweep);
            }

            html.Append("</table>\n");
            if (sweeps.Count > Shown)
            {
                html.Append(CultureInfo.InvariantCulture, $"<p>These are the newest {Shown} of {sweeps.Count}; <a href=\"/api/sweeps?offset={Shown}\">the others</a>.</p>\n");
            }
        }

        return html.Append("<p><a href=\"/api/sweeps\">API</a> · <a href=\"/metrics\">Metrics</a></p>\n</body>\n</html>\n").ToString();
    }

    private static void Row(StringBuilder html, SweepRow sweep)
    {
        var link = "/api/sweeps/" + HtmlEncoder.Default.Encode(Uri.EscapeDataString(sweep.Id));
        var best = sweep.BestValue is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:G6} (trial {sweep.BestTrial})") : "";
        html.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"{link}\">{HtmlEncoder.Default.Encode(sweep.Id)}</a></td>")
            .Append(CultureInfo.InvariantCulture, $"<td>{Words.Snake(sweep.Status.ToString())}</td><td class=\"n\">{sweep.TrialsEnded} of {sweep.Trials}</td>")
            .Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{best}</td><td>{sweep.CreatedAt:yyyy-MM-dd HH:mm}</td>")
            .Append(CultureInfo.InvariantCulture, $"<td><a href=\"{link}/leaderboard\">leaderboard</a>, <a href=\"{link}/trials\">trials</a>, <a href=\"{link}/importance\">importance</a></td></tr>\n");
    }
}
