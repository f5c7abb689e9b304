namespace Net.Netlink;

/// <summary>The outcome of one request of a pipeline.</summary>
/// <param name="Replies">What the kernel sent before the acknowledgement: the object asked for, or the echo.</param>
/// <param name="Error">The kernel's refusal; null when the request succeeded.</param>
public sealed record PipelineResult(IReadOnlyList<NetlinkReply> Replies, NetlinkException? Error)
{
    /// <summary>Throws <see cref="Error"/> when there is one.</summary>
    /// <returns>This result.</returns>
    public PipelineResult ThrowIfFailed() => Error is null ? this : throw Error;
}
