using ApproxCluster.Testing;

namespace ApproxCluster.EndToEnd.Tests;

/// <summary>Silos in processes of their own. They need a build with Orleans.</summary>
public class ClusterTests
{
    [Fact]
    public void Submit_SingleSilo_SameDigestAsLocal()
    {
        SkipWithoutSilo();
        using var scene = new Scene();
        var expected = scene.Digest("local", []);
        using var silo = Silo("--home", Path.Combine(scene.Folder, "silo"));
        var gateway = Gateway(silo);
        using var submit = scene.Approx("none", "submit", scene.File, "--cluster", gateway, "-o", "json");
        Assert.True(submit.Wait() == 0, submit.Errors + silo.Errors);
        Assert.Equal(expected, Scene.DigestOf(submit.Output));
        silo.Signal("TERM");
        Assert.Equal(0, silo.Wait());
    }

    [Fact]
    public async Task Submit_ThreeSilosOneKilled_SameDigestAsLocal()
    {
        SkipWithoutSilo();
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        using var scene = new Scene();
        var expected = scene.Digest("local", []);
        await using var postgres = await PostgresServer.StartAsync();
        var database = postgres.ConnectionString();
        string[] joined = ["--postgres", database, "--slots", "1"];
        using var first = Silo(joined);
        Gateway(first);
        using var second = Silo(joined);
        using var third = Silo(joined);
        Gateway(second);
        Gateway(third);
        using var submit = scene.Approx("none", "submit", scene.File, "--cluster", database, "-o", "json");
        submit.WaitForLine("of a completed trial", line => line.Contains(" completed after ", StringComparison.Ordinal));
        second.Signal("KILL");
        Assert.True(submit.Wait() == 0, submit.Errors + first.Errors + third.Errors);
        Assert.Equal(expected, Scene.DigestOf(submit.Output));
    }

    [Fact]
    public void Submit_NobodyThere_EndsWithThree()
    {
        SkipWithoutSilo();
        using var scene = new Scene();
        using var submit = scene.Approx("none", "submit", scene.File, "--cluster", "127.0.0.1:1");
        Assert.Equal(3, submit.Wait());
        Assert.Contains("127.0.0.1:1", submit.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_BuildWithoutOrleans_SaysWhy()
    {
        Assert.SkipWhen(File.Exists(Repository.Silo), "This build has the cluster part.");
        using var scene = new Scene();
        using var submit = scene.Approx("none", "submit", scene.File);
        Assert.Equal(2, submit.Wait());
        Assert.Contains("Orleans packages could not be restored", submit.Errors, StringComparison.Ordinal);
    }

    private static void SkipWithoutSilo() =>
        Assert.SkipUnless(File.Exists(Repository.Silo), "The silo was not built: the Orleans packages could not be restored.");

    private static RunningProgram Silo(params string[] arguments) =>
        RunningProgram.Start(Repository.Silo, [.. arguments, "--silo-port", "0", "--gateway-port", "0", "--http", "0"]);

    private static string Gateway(RunningProgram silo)
    {
        const string Mark = "--cluster ";
        var line = silo.WaitForLine("the silo's greeting", text => text.Contains(Mark, StringComparison.Ordinal));
        return line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Split(' ')[0];
    }
}
