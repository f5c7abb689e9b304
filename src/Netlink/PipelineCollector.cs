using Net.Linux;

namespace Net.Netlink;

/// <summary>Assigns the kernel's answers to the requests of one send, by their sequence numbers.</summary>
/// <remarks>The kernel does the requests in order and answers a refused one in any case (netlink_rcv_skb in net/netlink/af_netlink.c), so
/// that only the last one asks for an acknowledgement: when that has come, those that were not refused are done.</remarks>
internal sealed class PipelineCollector(uint firstSequence, int count) : IMessageSink
{
    private readonly KernelError?[] _answers = new KernelError?[count];
    private readonly List<NetlinkReply>?[] _replies = new List<NetlinkReply>?[count];

    internal bool IsComplete => _answers[^1] is not null;

    /// <inheritdoc/>
    public void Accept(MessageHeader header, ReadOnlySpan<byte> payload)
    {
        uint index = header.Sequence - firstSequence;
        if (index >= (uint)_answers.Length)
        {
            return; // a late answer to an earlier send, whose caller has given up
        }

        if (header.Type == MessageHeader.Error)
        {
            _answers[index] = KernelError.Decode(header, payload);
        }
        else if (header.Type > MessageHeader.Overrun)
        {
            (_replies[index] ??= []).Add(header.ToReply(payload));
        }
    }

    /// <summary>The outcome of request <paramref name="index"/>.</summary>
    internal PipelineResult Result(int index, string operation)
    {
        KernelError? answer = _answers[index];
        IReadOnlyList<NetlinkReply> replies = _replies[index] is { } list ? list : [];
        return new PipelineResult(replies, answer is null || answer.Errno == Errno.None ? null : answer.ToException(operation));
    }
}
