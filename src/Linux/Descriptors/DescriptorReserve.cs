using System.Runtime.InteropServices;
using Net.Linux.Processes;

namespace Net.Linux.Descriptors;

/// <summary>The last descriptors that this process may open, for what it cannot be without. The runtime itself ends the process when it
/// needs one and there is none, so that whatever comes in numbers, ports and connections, leaves these alone.</summary>
public static class DescriptorReserve
{
    private const ulong Most = 256;

    /// <summary>How many: 256, but no more than a quarter of the limit.</summary>
    public static ulong Length(OpenFileLimit limit) => Math.Min(Most, limit.Soft / 4);

    /// <summary>Whether a descriptor that was just opened is one of them. The kernel gives the lowest number that is free (open(2)): all
    /// below are in use.</summary>
    public static bool Has(SafeHandle descriptor)
    {
        OpenFileLimit limit = OpenFileLimit.Read();
        return (ulong)descriptor.DangerousGetHandle() >= limit.Soft - Length(limit);
    }
}
