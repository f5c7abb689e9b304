using Net.Linux;

namespace Net.Netlink;

/// <summary>A connection to the kernel over one netlink socket: it sends requests, batches of requests and dumps, and waits for the
/// answers.</summary>
/// <remarks>
/// The kernel answers during the send, so a request takes microseconds; call it from a worker. Asks for extended errors (kernel 4.12),
/// capped acknowledgements and strict checking of dump requests (4.20); older kernels do without. Safe to use from several threads, one at
/// a time. Source: netlink(7), include/uapi/linux/netlink.h.
/// </remarks>
public sealed class NetlinkConnection : IDisposable
{
    private const int MaximumDumpAttempts = 5;
    private const int RequestsPerSend = 128;

    private readonly Lock _gate = new();
    private readonly NetlinkSocket _socket;
    private readonly MessageBuffer _requests = new();
    private uint _sequence;

    private NetlinkConnection(NetlinkSocket socket)
    {
        _socket = socket;
        _sequence = (uint)Environment.TickCount;
    }

    /// <summary>How many messages have been sent to the kernel: requests, dump requests and the messages of transactions.</summary>
    public long MessagesSent { get; private set; }

    /// <summary>Opens a connection to the kernel's view of one network namespace.</summary>
    /// <param name="protocol">The part of the kernel to connect to.</param>
    /// <param name="networkNamespace">The namespace; null for that of the calling thread. It need not stay open afterwards.</param>
    /// <exception cref="LinuxException">The namespace cannot be entered, the descriptor limit is reached, or the kernel lacks the
    /// protocol.</exception>
    public static NetlinkConnection Open(NetlinkProtocol protocol, NetworkNamespace? networkNamespace = null) =>
        new(networkNamespace is null ? NetlinkSocket.Open(protocol) : networkNamespace.Run(() => NetlinkSocket.Open(protocol)));

    /// <summary>Sends one request and waits for its acknowledgement.</summary>
    /// <returns>What the kernel sent before the acknowledgement: the object asked for, or the echo. Often nothing.</returns>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public IReadOnlyList<NetlinkReply> Execute(NetlinkRequest request) => Pipeline([request])[0].ThrowIfFailed().Replies;

    /// <summary>Sends several requests in one system call; the kernel does them in order, also after one has failed.</summary>
    /// <param name="requests">More than 128 are sent in several calls.</param>
    /// <returns>One result for each request, in order; see <see cref="PipelineResult.ThrowIfFailed"/>.</returns>
    /// <exception cref="NetlinkException">The conversation itself failed; single refusals are in the results.</exception>
    public IReadOnlyList<PipelineResult> Pipeline(IReadOnlyList<NetlinkRequest> requests)
    {
        var results = new PipelineResult[requests.Count];
        lock (_gate)
        {
            for (int start = 0; start < requests.Count; start += RequestsPerSend)
            {
                int count = Math.Min(RequestsPerSend, requests.Count - start);
                SendAndCollect(requests, start, results.AsSpan(start, count));
            }
        }

        return results;
    }

    /// <summary>Requests a whole list and repeats the request when the list changed while it was read.</summary>
    /// <param name="request">A get request; the dump flag is added.</param>
    /// <returns>The list's messages, a consistent snapshot.</returns>
    /// <exception cref="NetlinkException">The kernel refused, or the list changed during each of five attempts (Interrupted).</exception>
    public IReadOnlyList<NetlinkReply> Dump(NetlinkRequest request) =>
        Dump<NetlinkReply>(request, replies => (header, payload) => replies.Add(header.ToReply(payload)));

    /// <summary>Sends a dump request and reads the list as it comes, without copies of the messages.</summary>
    /// <param name="request">The request.</param>
    /// <param name="decode">Reads the payload of a message. It is called while the connection is in use, so it must not use it.</param>
    /// <exception cref="NetlinkFormatException">A message cannot be read.</exception>
    /// <inheritdoc cref="Dump(NetlinkRequest)"/>
    public IReadOnlyList<T> Dump<T>(NetlinkRequest request, PayloadDecoder<T> decode) =>
        Dump<T>(request, replies => (_, payload) => replies.Add(decode(payload)));

    private List<T> Dump<T>(NetlinkRequest request, Func<List<T>, MessageAction> into)
    {
        lock (_gate)
        {
            for (int attempt = 1; attempt <= MaximumDumpAttempts; attempt++)
            {
                var replies = new List<T>();
                if (TryDump(request, into(replies)))
                {
                    return replies;
                }
            }
        }

        throw new NetlinkException(
            $"{request.Operation}: the list changed during each of {MaximumDumpAttempts} attempts to read it", Errno.Interrupted);
    }

    /// <summary>Sends the messages of a netfilter transaction and collects the kernel's replies until the last message is
    /// answered.</summary>
    /// <param name="batch">The encoded messages.</param>
    /// <param name="firstSequence">The sequence number of the first message; an error for it ends the replies.</param>
    /// <param name="lastSequence">The sequence number of the message whose answer ends the replies.</param>
    internal BatchCollector SendBatch(MessageBuffer batch, uint firstSequence, uint lastSequence)
    {
        _socket.Send(batch.Written, "send a netfilter batch");
        var collector = new BatchCollector(firstSequence, lastSequence);
        while (!collector.IsComplete)
        {
            if (_socket.Receive(collector, wait: true) == ReceiveOutcome.Lost)
            {
                collector.AnswersWereLost = true;
                break;
            }
        }

        while (_socket.Receive(collector, wait: false) != ReceiveOutcome.Nothing)
        {
            // Drains the replies that were queued behind the one that ended the transaction.
        }

        return collector;
    }

    /// <summary>Runs <paramref name="body"/> while no other thread uses the connection.</summary>
    internal T Exclusively<T>(Func<T> body)
    {
        lock (_gate)
        {
            return body();
        }
    }

    /// <summary>Reserves <paramref name="count"/> consecutive sequence numbers and returns the first.</summary>
    internal uint TakeSequences(int count)
    {
        uint first = _sequence + 1;
        _sequence += (uint)count;
        MessagesSent += count;
        return first;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _socket.Dispose();
            _requests.Dispose();
        }
    }

    private void SendAndCollect(IReadOnlyList<NetlinkRequest> requests, int start, Span<PipelineResult> results)
    {
        _requests.Clear();
        uint first = TakeSequences(results.Length);
        for (int i = 0; i < results.Length; i++)
        {
            NetlinkRequest request = requests[start + i];
            MessageFlags answered = i == results.Length - 1 ? MessageFlags.Acknowledge : MessageFlags.None;
            _requests.Append(request.Type, request.Flags | MessageFlags.Request | answered, first + (uint)i, request.Message);
        }

        string operation = results.Length == 1 ? requests[start].Operation : $"{requests[start].Operation} and {results.Length - 1} more";
        var collector = new PipelineCollector(first, results.Length);
        _socket.Send(_requests.Written, operation);
        while (!collector.IsComplete)
        {
            if (_socket.Receive(collector, wait: true) == ReceiveOutcome.Lost)
            {
                throw new NetlinkException($"{operation}: the kernel's answers did not fit the receive buffer", Errno.NoBuffers);
            }
        }

        for (int i = 0; i < results.Length; i++)
        {
            results[i] = collector.Result(i, requests[start + i].Operation);
        }
    }

    private bool TryDump(NetlinkRequest request, MessageAction take)
    {
        _requests.Clear();
        uint sequence = TakeSequences(1);
        _requests.Append(request.Type, request.Flags | MessageFlags.Request | MessageFlags.Dump, sequence, request.Message);
        var collector = new DumpCollector(sequence, take);
        _socket.Send(_requests.Written, request.Operation);
        while (!collector.IsComplete)
        {
            if (_socket.Receive(collector, wait: true) == ReceiveOutcome.Lost)
            {
                collector.WasInterrupted = true;
            }
        }

        collector.Error?.Throw(request.Operation);
        collector.Failure?.Throw();
        return !collector.WasInterrupted;
    }
}
