using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ApproxCluster.Bench.Trainer;

/// <summary>
/// OpenBLAS, oneDNN and libxsmm in this process, by the peers' <c>gemm_peers.cpp</c> compiled into a library; so that they alternate with our kernels. BLIS, and
/// oneDNN with weights packed beforehand, are left out.
/// </summary>
internal sealed unsafe class GemmPeers
{
    private static readonly string[] Wanted = ["openblas", "dnnl_sgemm", "libxsmm"];

    private readonly delegate* unmanaged<int, int, int, int, int, float*, float*, float*, int> prepare;
    private readonly delegate* unmanaged<int, int, int, int, int, float*, float*, float*, void> multiply;

    private GemmPeers(nint library)
    {
        prepare = (delegate* unmanaged<int, int, int, int, int, float*, float*, float*, int>)NativeLibrary.GetExport(library, "peer_prepare");
        multiply = (delegate* unmanaged<int, int, int, int, int, float*, float*, float*, void>)NativeLibrary.GetExport(library, "peer_gemm");
        var count = ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, "peer_count"))();
        var name = (delegate* unmanaged<int, nint>)NativeLibrary.GetExport(library, "peer_name");
        Peers = [.. Enumerable.Range(0, count).Select(i => (Index: i, Name: Marshal.PtrToStringUTF8(name(i))!)).Where(peer => Wanted.Contains(peer.Name))];
    }

    /// <summary>Number and name of each.</summary>
    public IReadOnlyList<(int Index, string Name)> Peers { get; }

    /// <summary>Compiles and loads the library; null, with the reason on standard error, where that is impossible.</summary>
    public static GemmPeers? Load(string folder)
    {
        var source = Path.Combine(folder, "cpp", "gemm_peers.cpp");
        var library = Path.Combine(Path.GetTempPath(), $"libgemmpeers-{Environment.ProcessId}.so");
        if (!File.Exists(source))
        {
            Console.Error.WriteLine($"No GEMM peers: {source} does not exist.");
            return null;
        }

        try
        {
            var flags = $"-O3 -march=native -std=c++17 -shared -fPIC -DSHARED {source} -o {library} -ldnnl -lxsmm -lopenblas -ldl";
            using var compiler = Process.Start(new ProcessStartInfo("g++", flags) { RedirectStandardError = true })!;
            var errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                Console.Error.WriteLine($"No GEMM peers: g++ says {errors.Split('\n')[0]}");
                return null;
            }

            return new GemmPeers(NativeLibrary.Load(library));
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or DllNotFoundException)
        {
            Console.Error.WriteLine($"No GEMM peers: {error.Message}");
            return null;
        }
        finally
        {
            File.Delete(library);
        }
    }

    /// <summary>Makes a peer ready for a shape; false when it cannot do it.</summary>
    public bool Prepare(int peer, KernelShape shape, float* a, float* b, float* c) =>
        prepare(peer, Number(shape), shape.Sizes.M, shape.Sizes.N, shape.Sizes.K, a, b, c) != 0;

    /// <summary>C = A B in the shape's sense of transposition.</summary>
    public void Multiply(int peer, KernelShape shape, float* a, float* b, float* c) =>
        multiply(peer, Number(shape), shape.Sizes.M, shape.Sizes.N, shape.Sizes.K, a, b, c);

    private static int Number(KernelShape shape) => shape.Operation switch { "NN" => 0, "NT" => 1, _ => 2 };
}
