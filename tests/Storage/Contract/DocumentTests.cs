using System.Text.RegularExpressions;

namespace ApproxCluster.Storage.Tests;

public class DocumentTests
{
    [Fact]
    public void Document_EveryTableAndColumn_IsDescribed()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ApproxCluster.sln")))
        {
            folder = folder.Parent!;
        }

        var text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "storage.md"));
        var scripts = string.Join('\n', Migrator.Scripts.Select(script => script.Sql));
        var dropped = Regex.Matches(scripts, @"DROP TABLE (\w+);").Select(match => match.Groups[1].Value);
        var tables = Regex.Matches(scripts, @"CREATE TABLE (\w+) \((.*?)\n\)", RegexOptions.Singleline)
            .GroupBy(table => table.Groups[1].Value, (_, versions) => versions.Last())
            .ExceptBy(dropped, table => table.Groups[1].Value)
            .ToList();
        Assert.Equal(7, tables.Count);
        foreach (var table in tables)
        {
            var row = text.Split('\n').FirstOrDefault(line => line.StartsWith($"| `{table.Groups[1].Value}` |", StringComparison.Ordinal));
            Assert.True(row is not null, $"docs/storage.md has no row for table {table.Groups[1].Value}.");
            foreach (Match column in Regex.Matches(table.Groups[2].Value, @"^  ([a-z_]+) \{", RegexOptions.Multiline))
            {
                Assert.True(row.Contains($"`{column.Groups[1].Value}`", StringComparison.Ordinal), $"{table.Groups[1].Value}.{column.Groups[1].Value} is not described.");
            }
        }
    }
}
