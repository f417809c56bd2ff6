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
        var tables = Regex.Matches(Migrator.Scripts[0].Sql, @"CREATE TABLE (\w+) \((.*?)\n\);", RegexOptions.Singleline);
        Assert.Equal(6, tables.Count);
        foreach (Match table in tables)
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
