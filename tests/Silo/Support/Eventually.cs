using System.Diagnostics;

namespace ApproxCluster.Silo.Tests.Support;

/// <summary>Waits for conditions, never for time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>Asks again until the answer fits; fails with the phase and the last answer when it never does.</summary>
    public static async Task<T> GetAsync<T>(string phase, Func<Task<T>> ask, Func<T, bool> fits, TimeSpan? patience = null)
    {
        var limit = patience ?? Patience;
        var watch = Stopwatch.StartNew();
        object? last = null;
        while (watch.Elapsed < limit)
        {
            try
            {
                var answer = await ask();
                if (fits(answer))
                {
                    return answer;
                }

                last = answer;
            }
            catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
            {
                last = exception.Message;
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"{phase}: not within {limit.TotalSeconds:F0} s; the last answer was {last}.");
    }
}
