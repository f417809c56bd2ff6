using System.Globalization;
using System.Text.Json;

namespace ApproxCluster.Bench.Search;

/// <summary>Measures what samplers and pruners cost, beside Optuna.</summary>
internal static class OverheadCommand
{
    /// <summary>All of it.</summary>
    public static void Run(Options options)
    {
        var optuna = new Optuna(options.Data, options.Python);
        var rows = OverheadCase.All.Select(measured => (Case: measured, Ours: measured.Measure(), Recorded: optuna.Record(measured), Here: optuna.Measure(measured))).ToList();
        if (options.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(rows.Select(row => new
            {
                name = row.Case.Name,
                what = row.Case.What,
                ours_us = 1e3 * row.Ours,
                optuna_recorded_us = 1e3 * row.Recorded,
                ratio_recorded = row.Recorded / row.Ours,
                optuna_here_us = 1e3 * row.Here,
                ratio_here = row.Here / row.Ours,
            })));
            return;
        }

        Console.WriteLine("| | in memory, processor time | ours, us | Optuna recorded elsewhere, us | ratio | Optuna here, us | ratio |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (measured, ours, recorded, here) in rows)
        {
            var mine = ours is null ? "no such sampler in this version" : Number(1e3 * ours);
            Console.WriteLine($"| {measured.Name} | {measured.What} | {mine} | {Number(1e3 * recorded)} | {Number(recorded / ours)} | {Number(1e3 * here)} | {Number(here / ours)} |");
        }
    }

    private static string Number(double? value) => value is { } number ? number.ToString(number < 100 ? "0.0#" : "#,0", CultureInfo.InvariantCulture) : "-";
}
