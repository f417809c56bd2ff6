using System.Globalization;
using ApproxCluster.Search;
using ApproxCluster.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ApproxCluster.Dashboard;

/// <summary>The HTTP API, for reading only; docs/api.md describes every route.</summary>
internal sealed class ApiRoutes(ISweepStore store, SweepReplays replays, DashboardOptions options)
{
    /// <summary>Maps the routes under <c>/api</c>.</summary>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api");
        api.AddEndpointFilter(Guard);
        api.MapGet("/sweeps", ListAsync);
        api.MapGet("/sweeps/{sweep}", SweepAsync);
        api.MapGet("/sweeps/{sweep}/trials", TrialsAsync);
        api.MapGet("/sweeps/{sweep}/trials/{trial}", TrialAsync);
        api.MapGet("/sweeps/{sweep}/trials/{trial}/epochs", EpochsAsync);
        api.MapGet("/sweeps/{sweep}/leaderboard", LeaderboardAsync);
        api.MapGet("/sweeps/{sweep}/importance", ImportanceAsync);
        api.MapGet("/sweeps/{sweep}/parallel-coordinates", CoordinatesAsync);
        api.MapGet("/{**path}", (HttpContext context) =>
            ProblemAnswer.Of(StatusCodes.Status404NotFound, $"There is nothing at {context.Request.Path}. See docs/api.md for what there is."));
    }

    private static async ValueTask<object?> Guard(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (RequestException fault)
        {
            return ProblemAnswer.Of(StatusCodes.Status400BadRequest, fault.Message);
        }
        catch (StorageException fault)
        {
            return ProblemAnswer.Of(StatusCodes.Status503ServiceUnavailable, fault.Message);
        }
        catch (InvalidDataException fault)
        {
            return ProblemAnswer.Of(StatusCodes.Status500InternalServerError, fault.Message);
        }
    }

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var paging = Paging.From(request, options.PageLimit);
        var unfinished = request.Query["unfinished"].ToString() switch
        {
            "" or "false" => false,
            "true" => true,
            var other => throw new RequestException($"unfinished is '{other}', but must be true or false."),
        };
        var rows = await store.ListSweepsAsync(unfinished, cancellationToken);
        return Json(paging.Of(rows, SweepModel.Of));
    }

    private async Task<IResult> SweepAsync(string sweep, CancellationToken cancellationToken) =>
        await store.FindSweepAsync(sweep, cancellationToken) is { } row
            ? Json(new SweepDetailModel(SweepModel.Of(row), ApiJson.Parse(row.Spec)))
            : NoSweep(sweep);

    private async Task<IResult> TrialsAsync(string sweep, HttpRequest request, CancellationToken cancellationToken)
    {
        var paging = Paging.From(request, options.PageLimit);
        if (await store.FindSweepAsync(sweep, cancellationToken) is not { } row)
        {
            return NoSweep(sweep);
        }

        var trials = await store.ListTrialsAsync(sweep, paging.Offset, paging.Limit, cancellationToken);
        return Json(new Page<TrialModel>(paging.Offset, paging.Limit, row.Trials, [.. trials.Select(TrialModel.Of)]));
    }

    private async Task<IResult> TrialAsync(string sweep, string trial, CancellationToken cancellationToken) =>
        await store.FindTrialAsync(sweep, TrialNumber(trial), cancellationToken) is { } row
            ? Json(TrialModel.Of(row))
            : await NoTrialAsync(sweep, trial, cancellationToken);

    private async Task<IResult> EpochsAsync(string sweep, string trial, HttpRequest request, CancellationToken cancellationToken)
    {
        var paging = Paging.From(request, options.PageLimit);
        var number = TrialNumber(trial);
        var epochs = await store.ListEpochsAsync(sweep, number, cancellationToken);
        return epochs.Count > 0 || await store.FindTrialAsync(sweep, number, cancellationToken) is not null
            ? Json(paging.Of(epochs, EpochModel.Of))
            : await NoTrialAsync(sweep, trial, cancellationToken);
    }

    private async Task<IResult> LeaderboardAsync(string sweep, HttpRequest request, CancellationToken cancellationToken)
    {
        var paging = Paging.From(request, options.PageLimit);
        if (await store.FindSweepAsync(sweep, cancellationToken) is null)
        {
            return NoSweep(sweep);
        }

        if (await replays.RankAsync(sweep, cancellationToken) is not { } ranked)
        {
            return NotStarted(sweep);
        }

        var page = paging.Of(ranked.Rows, RankModel.Of);
        return Json(new LeaderboardModel(
            sweep,
            Words.Snake(ranked.Status.ToString()),
            ranked.Sequence,
            ranked.Objective.Metric,
            ranked.Objective.Maximize ? "maximize" : "minimize",
            page.Offset,
            page.Limit,
            page.Total,
            page.Items));
    }

    private Task<IResult> ImportanceAsync(string sweep, HttpRequest request, CancellationToken cancellationToken)
    {
        var (name, method) = request.Query["method"].ToString() switch
        {
            "" or "ped-anova" => ("ped-anova", ImportanceMethod.PedAnova),
            "fanova" => ("fanova", ImportanceMethod.Fanova),
            var other => throw new RequestException($"method is '{other}', but must be ped-anova or fanova."),
        };
        return AskAsync(sweep, state => ImportanceModel.Of(sweep, name, state, method), cancellationToken);
    }

    private Task<IResult> CoordinatesAsync(string sweep, CancellationToken cancellationToken) =>
        AskAsync(sweep, state => CoordinatesModel.Of(sweep, state), cancellationToken);

    private async Task<IResult> AskAsync<T>(string sweep, Func<SweepState, T> question, CancellationToken cancellationToken)
        where T : class
    {
        if (await store.FindSweepAsync(sweep, cancellationToken) is null)
        {
            return NoSweep(sweep);
        }

        return await replays.AskAsync(sweep, question, cancellationToken) is { } answer ? Json(answer) : NotStarted(sweep);
    }

    private static IResult NotStarted(string sweep) =>
        ProblemAnswer.Of(StatusCodes.Status404NotFound, $"Sweep '{sweep}' has not started yet. Ask again later.");

    private static JsonAnswer<T> Json<T>(T value) => new(value);

    private static int TrialNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new RequestException($"The trial is '{text}', but must be a whole number from 0.");

    private static IResult NoSweep(string sweep) =>
        ProblemAnswer.Of(StatusCodes.Status404NotFound, $"There is no sweep '{sweep}'. /api/sweeps lists those there are.");

    private async Task<IResult> NoTrialAsync(string sweep, string trial, CancellationToken cancellationToken) =>
        await store.FindSweepAsync(sweep, cancellationToken) is { } row
            ? ProblemAnswer.Of(StatusCodes.Status404NotFound, $"Sweep '{sweep}' has no trial {trial}; it has {row.Trials} so far, from 0.")
            : NoSweep(sweep);
}
