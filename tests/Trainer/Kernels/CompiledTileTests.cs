using System.Diagnostics;
using System.Reflection;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace ApproxCluster.Trainer.Tests;

/// <summary>
/// What the compiler makes of the tiles. A sum that leaves its register, be it for another one, changes no result and costs a tenth to a half of the speed, so no
/// other test would see it.
/// </summary>
public partial class CompiledTileTests
{
    [Theory]
    [InlineData("1", 512)]
    [InlineData("0", 256)]
    public void Tile_Compiled_LeavesSumsInTheirRegisters(string hasAvx512, int bits)
    {
        Assert.SkipUnless(HardwareCheck.VectorBits >= bits && Avx2.IsSupported, $"This processor has no vectors of {bits} bits.");
        Assert.SkipWhen(
            typeof(HardwareCheck).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true }, "The trainer was built without optimization.");
        var listing = Path.GetTempFileName();
        try
        {
            var reply = WorkloadProcess.Ask(("DOTNET_EnableAVX512", hasAvx512), ("DOTNET_JitDisasm", "Tile*"), ("DOTNET_JitStdOutFile", listing));
            Assert.Equal($"{bits}", reply[0]);
            var tiles = File.ReadAllText(listing).Split("; Assembly listing for method ").Where(method => method.StartsWith($"ApproxCluster.Trainer.Tile`3[ApproxCluster.Trainer.Simd{bits}", StringComparison.Ordinal)).ToList();
            Assert.True(tiles.Count >= 4, $"{tiles.Count} tiles were compiled.");
            Assert.All(tiles, tile => Assert.Contains("vfmadd231ps", tile, StringComparison.Ordinal));
            Assert.All(tiles, tile => Assert.Empty(Strayed().Matches(tile).Select(match => match.Value)));
        }
        finally
        {
            File.Delete(listing);
        }
    }

    /// <summary>A move between vector registers, a vector on the stack, a product added to anything but its sum, or a call.</summary>
    [GeneratedRegex(@"^\s+(vmovaps\s+[yz]mm\d+, [yz]mm\d+|\S+\s.*mmword ptr \[r[bs]p.*|vfmadd(132|213)ps.*|call\s.*)$", RegexOptions.Multiline)]
    private static partial Regex Strayed();
}
