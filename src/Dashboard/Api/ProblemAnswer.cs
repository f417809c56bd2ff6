using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ApproxCluster.Dashboard;

/// <summary>Errors as RFC 9457 states them.</summary>
internal static class ProblemAnswer
{
    /// <summary>Writes an error: what failed and what to do, never a stack trace.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail)
    {
        context.Response.Headers.CacheControl = "no-store";
        return Of(status, detail).ExecuteAsync(context);
    }

    /// <summary>An error as a result.</summary>
    public static IResult Of(int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: ReasonPhrases.GetReasonPhrase(status), type: "about:blank");
}
