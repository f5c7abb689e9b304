using Net.Linux;

namespace Net.Netlink.Netfilter;

/// <summary>One nf_tables transaction: the kernel makes all of its changes or none.</summary>
/// <remarks>
/// Wire: NFNL_MSG_BATCH_BEGIN, the messages, NFNL_MSG_BATCH_END in one send. Only the last message asks for an acknowledgement; the kernel
/// reports every message that it refuses by itself, so a thousand messages cost one answer. Messages are encoded as they are added. Not
/// safe for two threads at once. Source: include/uapi/linux/netfilter/nfnetlink.h, net/netfilter/nfnetlink.c.
/// </remarks>
public sealed class NetfilterBatch : IDisposable
{
    private const ushort Begin = 16; // NFNL_MSG_BATCH_BEGIN
    private const ushort End = 17; // NFNL_MSG_BATCH_END

    private readonly MessageBuffer _buffer = new();
    private readonly List<string> _operations = [];
    private readonly NetfilterSubsystem _subsystem;
    private readonly List<int> _starts = [];

    /// <summary>Starts an empty transaction.</summary>
    /// <param name="subsystem">The subsystem of its messages.</param>
    /// <param name="generation">The generation of the rule set that the transaction was planned from (NFNL_BATCH_GENID): the kernel refuses
    /// with Restart when the rule set has changed since. Null commits whatever the generation is.</param>
    public NetfilterBatch(NetfilterSubsystem subsystem = NetfilterSubsystem.Nftables, uint? generation = null)
    {
        _subsystem = subsystem;
        Append(Begin, MessageFlags.Request, new BatchMarker(subsystem, generation));
    }

    /// <summary>The number of messages added.</summary>
    public int Count => _operations.Count;

    /// <summary>Adds one change.</summary>
    /// <param name="operation">NFT_MSG_* without the subsystem.</param>
    /// <param name="flags">Create, Exclusive, Replace, Append or Echo, as the operation takes them.</param>
    /// <param name="message">The payload, which begins with struct nfgenmsg.</param>
    /// <param name="description">What the change does to which object, for error messages: "add table inet netctl".</param>
    public void Add(byte operation, MessageFlags flags, INetlinkMessage message, string description)
    {
        Append(NetfilterRequests.Type(_subsystem, operation), flags | MessageFlags.Request, message);
        _operations.Add(description);
    }

    /// <summary>Sends the transaction and waits until the kernel has committed it.</summary>
    /// <returns>The echoes of the messages that asked for them.</returns>
    /// <exception cref="NetfilterBatchException">The kernel refused; nothing was changed.</exception>
    /// <exception cref="NetlinkException">The exchange itself failed (no permission, or lost answers).</exception>
    public IReadOnlyList<NetlinkReply> Commit(NetlinkConnection connection)
    {
        if (_operations.Count == 0)
        {
            return [];
        }

        return connection.Exclusively(() =>
        {
            uint first = Seal(connection);
            uint last = first + (uint)_operations.Count;
            BatchCollector answer = connection.SendBatch(_buffer, first, last);
            _buffer.Truncate(_starts[^1]);
            _starts.RemoveAt(_starts.Count - 1);
            Check(answer, first);
            return answer.Replies;
        });
    }

    /// <summary>Returns the memory to the pool.</summary>
    public void Dispose() => _buffer.Dispose();

    private void Append(ushort type, MessageFlags flags, INetlinkMessage message)
    {
        int start = _buffer.Length;
        try
        {
            _buffer.Append(type, flags, 0, message);
        }
        catch
        {
            _buffer.Truncate(start);
            throw;
        }

        _starts.Add(start);
    }

    private uint Seal(NetlinkConnection connection)
    {
        _buffer.AddFlags(_starts[^1], MessageFlags.Acknowledge);
        Append(End, MessageFlags.Request, new BatchMarker(_subsystem, null));
        uint first = connection.TakeSequences(_starts.Count);
        for (int i = 0; i < _starts.Count; i++)
        {
            _buffer.SetSequence(_starts[i], first + (uint)i);
        }

        return first;
    }

    private void Check(BatchCollector answer, uint first)
    {
        if (answer.Errors.Count > 0)
        {
            var failures = new List<NetlinkException>();
            foreach (KernelError error in answer.Errors)
            {
                int index = (int)(error.Sequence - first) - 1;
                failures.Add(error.ToException(index < 0 ? $"commit {_operations.Count} netfilter changes" : _operations[index]));
            }

            throw new NetfilterBatchException(failures);
        }

        if (answer.AnswersWereLost)
        {
            throw new NetlinkException(
                "commit netfilter changes: the kernel's answers did not fit the receive buffer, so whether they were made is unknown",
                Errno.NoBuffers);
        }
    }

    private sealed record BatchMarker(NetfilterSubsystem Subsystem, uint? Generation) : INetlinkMessage
    {
        private const ushort BatchGeneration = 1; // NFNL_BATCH_GENID

        public void Encode(AttributeWriter writer)
        {
            new NetfilterHeader(NetfilterFamily.Unspecified, 0, (ushort)Subsystem).Encode(writer);
            if (Generation is { } generation)
            {
                writer.UInt32NetworkOrder(BatchGeneration, generation);
            }
        }
    }
}
