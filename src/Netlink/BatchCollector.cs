using Net.Linux;

namespace Net.Netlink;

/// <summary>Collects the kernel's replies to one transaction: echoes, refusals, and the acknowledgement that ends them.</summary>
internal sealed class BatchCollector(uint firstSequence, uint lastSequence) : IMessageSink
{
    private readonly List<KernelError> _errors = [];
    private readonly List<NetlinkReply> _replies = [];

    internal bool IsComplete { get; private set; }

    internal bool AnswersWereLost { get; set; }

    internal IReadOnlyList<KernelError> Errors => _errors;

    internal IReadOnlyList<NetlinkReply> Replies => _replies;

    /// <inheritdoc/>
    public void Accept(MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Sequence - firstSequence > lastSequence - firstSequence)
        {
            return;
        }

        if (header.Type == MessageHeader.Error)
        {
            KernelError error = KernelError.Decode(header, payload);
            if (error.Errno != Errno.None)
            {
                _errors.Add(error);
            }

            IsComplete |= error.Sequence == lastSequence || (error.Sequence == firstSequence && error.Errno != Errno.None);
        }
        else if (header.Type > MessageHeader.Overrun)
        {
            _replies.Add(header.ToReply(payload));
        }
    }
}
