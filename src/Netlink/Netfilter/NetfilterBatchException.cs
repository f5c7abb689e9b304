using Net.Linux;

namespace Net.Netlink.Netfilter;

/// <summary>A transaction that the kernel refused: none of its changes was made.</summary>
public sealed class NetfilterBatchException : IOException
{
    /// <summary>Creates the error from the messages that failed.</summary>
    /// <param name="failures">At least one, in the order the kernel gave them.</param>
    public NetfilterBatchException(IReadOnlyList<NetlinkException> failures)
        : base(failures.Count == 1 ? failures[0].Message : $"{failures[0].Message} (and {failures.Count - 1} more)", failures[0])
    {
        Failures = failures;
    }

    /// <summary>The refusals, one for each message that failed.</summary>
    public IReadOnlyList<NetlinkException> Failures { get; }

    /// <summary>The error number of the first refusal.</summary>
    public Errno Errno => Failures[0].Errno;
}
