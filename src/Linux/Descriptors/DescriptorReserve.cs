using System.Runtime.InteropServices;
using Net.Linux.Processes;

namespace Net.Linux.Descriptors;

/// <summary>The reserve of descriptors: the highest numbers that RLIMIT_NOFILE allows this process. Published ports and accepted
/// connections, of which there may be many, must not use them, since the .NET runtime ends the process when it needs a descriptor and none
/// is left.</summary>
public static class DescriptorReserve
{
    private const ulong Most = 256;

    /// <summary>The number of descriptors in the reserve: 256, but no more than a quarter of the soft limit.</summary>
    public static ulong Length(OpenFileLimit limit) => Math.Min(Most, limit.Soft / 4);

    /// <summary>Whether a descriptor that was just opened is in the reserve. The kernel assigns the lowest free number (open(2)), so this
    /// means that all descriptors below the reserve are in use.</summary>
    /// <exception cref="LinuxException">The error of prlimit(2).</exception>
    public static bool Has(SafeHandle descriptor)
    {
        OpenFileLimit limit = OpenFileLimit.Read();
        return (ulong)descriptor.DangerousGetHandle() >= limit.Soft - Length(limit);
    }
}
