using System.Data.Common;
using System.Globalization;

namespace ApproxCluster.Storage.Tests;

/// <summary>What the tables hold of a sweep, as text to compare.</summary>
internal static class Tables
{
    public static async Task<string> DumpAsync(Dialect dialect, string sweep)
    {
        await using var connection = await dialect.OpenAsync(CancellationToken.None);
        var lines = new List<string>();
        foreach (var (table, key, order) in new[]
        {
            ("sweep", "id", "id"), ("trial", "sweep_id", "number"), ("epoch", "sweep_id", "trial, epoch"),
            ("checkpoint", "sweep_id", "trial"),
        })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table} WHERE {key} = @sweep ORDER BY {order}";
            command.Add("@sweep", sweep);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var columns = Enumerable.Range(0, reader.FieldCount).Where(column => reader.GetName(column) != key);
                lines.Add($"{table}: {string.Join(", ", columns.Select(column => Text(reader, column)))}");
            }
        }

        return string.Join('\n', lines);
    }

    private static string Text(DbDataReader reader, int column) => reader.GetName(column) + "=" + reader.GetValue(column) switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
