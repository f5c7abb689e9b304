using System.Runtime.ExceptionServices;

using Net.Linux;

namespace Net.Netlink;

/// <summary>Collects the messages of one dump until NLMSG_DONE or an error ends it.</summary>
internal sealed class DumpCollector(uint sequence, MessageAction take) : IMessageSink
{
    internal bool IsComplete { get; private set; }

    internal bool WasInterrupted { get; set; }

    internal KernelError? Error { get; private set; }

    /// <summary>What taking a message has thrown first. The rest of the dump is received nevertheless: the kernel begins no other on this
    /// socket before (netlink_dump_start in net/netlink/af_netlink.c).</summary>
    internal ExceptionDispatchInfo? Failure { get; private set; }

    /// <inheritdoc/>
    public void Accept(MessageHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.Sequence != sequence)
        {
            return;
        }

        WasInterrupted |= (header.Flags & MessageFlags.DumpInterrupted) != 0;
        switch (header.Type)
        {
            case MessageHeader.Done:
                Finish(KernelError.DecodeDone(header, payload));
                break;
            case MessageHeader.Error:
                Finish(KernelError.Decode(header, payload));
                break;
            case > MessageHeader.Overrun:
                Take(header, payload);
                break;
        }
    }

    private void Take(MessageHeader header, ReadOnlySpan<byte> payload)
    {
        try
        {
            if (Failure is null)
            {
                take(header, payload);
            }
        }
        catch (Exception error)
        {
            Failure = ExceptionDispatchInfo.Capture(error);
        }
    }

    private void Finish(KernelError answer)
    {
        IsComplete = true;
        if (answer.Errno == Errno.Interrupted)
        {
            WasInterrupted = true;
        }
        else if (answer.Errno != Errno.None)
        {
            Error = answer;
        }
    }
}

/// <summary>Takes a message, whose bytes are valid during the call.</summary>
internal delegate void MessageAction(MessageHeader header, ReadOnlySpan<byte> payload);
