using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ApproxCluster.Dashboard;

/// <summary>A wrong request: the answer is 400 with the message.</summary>
internal sealed class RequestException(string message) : Exception(message);

/// <summary>Which part of a list a request wants.</summary>
internal readonly record struct Paging(int Offset, int Limit)
{
    private const int DefaultLimit = 100;

    /// <summary>Reads <c>offset</c> (default 0) and <c>limit</c> (default 100, or the most allowed if that is less).</summary>
    public static Paging From(HttpRequest request, int most) => new(
        Number(request, "offset", 0, int.MaxValue, 0),
        Number(request, "limit", 1, most, Math.Min(DefaultLimit, most)));

    /// <summary>The part of a list that is at hand.</summary>
    public Page<TOut> Of<T, TOut>(IReadOnlyList<T> all, Func<T, TOut> convert) =>
        new(Offset, Limit, all.Count, [.. all.Skip(Offset).Take(Limit).Select(convert)]);

    private static int Number(HttpRequest request, string name, int low, int high, int fallback)
    {
        if (!request.Query.TryGetValue(name, out var texts))
        {
            return fallback;
        }

        return int.TryParse(texts.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high
            ? number
            : throw new RequestException($"{name} is '{texts}', but must be a whole number from {low} to {high}.");
    }
}
