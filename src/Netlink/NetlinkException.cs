using Net.Linux;

namespace Net.Netlink;

/// <summary>A request that the kernel refused, or a conversation with it that failed.</summary>
public sealed class NetlinkException : IOException
{
    /// <summary>Creates the error of one request.</summary>
    /// <param name="operation">What the request does to which object: "add link br0".</param>
    /// <param name="errno">The kernel's error number.</param>
    /// <param name="kernelMessage">The kernel's own sentence (NLMSGERR_ATTR_MSG), or null.</param>
    /// <param name="attributeOffset">Where in the request the refused attribute starts (NLMSGERR_ATTR_OFFS), or null.</param>
    /// <param name="sequence">The request's sequence number; 0 when no single request is to blame.</param>
    public NetlinkException(string operation, Errno errno, string? kernelMessage = null, int? attributeOffset = null, uint sequence = 0)
        : base($"cannot {operation}: {LinuxException.Describe(errno)}{(kernelMessage is null ? "" : $": {kernelMessage}")}"
            + (attributeOffset is null ? "" : $" (attribute at byte {attributeOffset} of the request)"))
    {
        Operation = operation;
        Errno = errno;
        KernelMessage = kernelMessage;
        AttributeOffset = attributeOffset;
        Sequence = sequence;
    }

    /// <summary>What the request does to which object.</summary>
    public string Operation { get; }

    /// <summary>The kernel's error number.</summary>
    public Errno Errno { get; }

    /// <summary>The kernel's own sentence, or null when it gave none.</summary>
    public string? KernelMessage { get; }

    /// <summary>Where in the request, counted from its header, the refused attribute starts; null when the kernel did not say.</summary>
    public int? AttributeOffset { get; }

    /// <summary>The request's sequence number; 0 when no single request is to blame.</summary>
    public uint Sequence { get; }
}
