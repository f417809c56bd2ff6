using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ApproxCluster.Trainer;

/// <summary>
/// The one demand on the machine: fused multiply-add in hardware. Emulated it would be some hundred times slower, and multiplication
/// followed by addition would give other bits than the rest of the cluster.
/// </summary>
public static class HardwareCheck
{
    /// <summary>True when this processor and runtime can train.</summary>
    public static bool IsSupported => Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>Bits of the vectors in use: 512, 256 or 128. Results do not depend on it.</summary>
    public static int VectorBits => KernelSet.Best.VectorBits;

    /// <summary>Throws <see cref="PlatformNotSupportedException"/>, with what to do, where training is impossible.</summary>
    public static void ThrowIfUnsupported()
    {
        if (!IsSupported)
        {
            throw new PlatformNotSupportedException(
                "This processor, or this virtual machine, offers no fused multiply-add (FMA), which exact training needs. " +
                "Use an x64 processor of 2013 or later or an Arm64 one, give the virtual machine a CPU model with FMA " +
                "(such as host passthrough), and unset DOTNET_EnableAVX2, DOTNET_EnableAVX and DOTNET_EnableHWIntrinsic.");
        }
    }
}
