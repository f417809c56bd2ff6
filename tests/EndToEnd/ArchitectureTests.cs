using System.Xml.Linq;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>The walls of the house: which project may know which, and how long a file may be.</summary>
public sealed class ArchitectureTests
{
    private const int LineLimit = 500;

    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Trainer"] = [],
        ["Search"] = ["Trainer"],
        ["Storage"] = ["Search", "Trainer"],
        ["Engine"] = ["Storage", "Search", "Trainer"],
        ["Dashboard"] = ["Engine", "Storage", "Search", "Trainer"],
        ["Contracts"] = ["Engine", "Search", "Trainer"],
        ["Client"] = ["Contracts", "Dashboard", "Engine", "Storage", "Search", "Trainer"],
        ["Silo"] = ["Contracts", "Dashboard", "Engine", "Storage", "Search", "Trainer"],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfEachProject_FollowTheArrows(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"src/{project} is not in the list of arrows. Add it there and to the design.");

        var references = Items(project, "ProjectReference").Select(reference => Path.GetFileName(Path.GetDirectoryName(reference.Replace('\\', '/'))!));

        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [InlineData("Trainer")]
    [InlineData("Search")]
    [InlineData("Storage")]
    [InlineData("Engine")]
    [InlineData("Dashboard")]
    public void PackageReferences_BelowTheGrains_HaveNoOrleans(string project) =>
        Assert.DoesNotContain(Items(project, "PackageReference"), package => package.Contains("Orleans", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void PackageReferences_OfTheTrainer_AreNone() => Assert.Empty(Items("Trainer", "PackageReference"));

    [Fact]
    public void SourceFiles_Everywhere_StayBelowTheLineLimit()
    {
        var files = new[] { "src", "tests", "bench" }
            .Select(folder => Path.Combine(Repository.Root, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "artifacts"))
            .ToList();

        Assert.NotEmpty(files);
        var tooLong = files.Where(file => File.ReadLines(file).Count() > LineLimit).Select(file => Path.GetRelativePath(Repository.Root, file)).ToList();
        Assert.Empty(tooLong);
    }

    [Fact]
    public void Solution_AllProjects_AreInIt()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "ApproxCluster.sln")).Replace('\\', '/');
        var projects = new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'));

        var missing = projects.Where(project => !solution.Contains(project, StringComparison.Ordinal)).ToList();
        Assert.Empty(missing);
    }

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", project, $"ApproxCluster.{project}.csproj"))
            .Descendants(kind).Select(item => item.Attribute("Include")!.Value);
}
