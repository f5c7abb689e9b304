using Net.Linux;

namespace Net.Netlink;

/// <summary>Assigns the kernel's answers to the requests of one send, by their sequence numbers.</summary>
internal sealed class PipelineCollector(uint firstSequence, int count) : IMessageSink
{
    private readonly KernelError?[] _answers = new KernelError?[count];
    private readonly List<NetlinkReply>?[] _replies = new List<NetlinkReply>?[count];
    private int _missing = count;

    internal bool IsComplete => _missing == 0;

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
            if (_answers[index] is null)
            {
                _missing--;
            }

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
        KernelError answer = _answers[index]!;
        IReadOnlyList<NetlinkReply> replies = _replies[index] is { } list ? list : [];
        return new PipelineResult(replies, answer.Errno == Errno.None ? null : answer.ToException(operation));
    }
}
