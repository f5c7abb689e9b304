using System.Runtime.InteropServices;

using Net.Linux;

namespace Net.Netlink;

/// <summary>The content of an NLMSG_ERROR or of a dump's NLMSG_DONE: the error number and the extended acknowledgement.</summary>
/// <param name="Errno">None for a plain acknowledgement.</param>
/// <param name="Message">NLMSGERR_ATTR_MSG, the kernel's own sentence; null when there is none.</param>
/// <param name="AttributeOffset">NLMSGERR_ATTR_OFFS, where in the request the refused attribute starts; null when the kernel does not
/// say.</param>
/// <param name="Sequence">The sequence number of the request that this answers.</param>
/// <remarks>Wire: struct nlmsgerr is s32 error then the request's nlmsghdr, then its payload unless NLM_F_CAPPED, then attributes when
/// NLM_F_ACK_TLVS.</remarks>
internal sealed record KernelError(Errno Errno, string? Message, int? AttributeOffset, uint Sequence)
{
    private const ushort AttributeMessage = 1;
    private const ushort AttributeErrorOffset = 2;

    /// <summary>Reads the payload of NLMSG_ERROR.</summary>
    internal static KernelError Decode(MessageHeader header, ReadOnlySpan<byte> payload)
    {
        const int FixedLength = 4 + MessageBuffer.HeaderLength;
        if (payload.Length < FixedLength)
        {
            throw new NetlinkFormatException("struct nlmsgerr", 0, FixedLength, payload.Length);
        }

        int skip = FixedLength;
        if ((header.Flags & MessageFlags.Capped) == 0 && MemoryMarshal.Read<int>(payload) != 0)
        {
            long requestLength = Math.Max(MemoryMarshal.Read<uint>(payload[4..]), MessageBuffer.HeaderLength);
            skip = (int)Math.Min(payload.Length, 4 + ((requestLength + 3) & ~3L));
        }

        return Decode(header, MemoryMarshal.Read<int>(payload), payload[skip..]);
    }

    /// <summary>Reads the payload of NLMSG_DONE: s32 error, then attributes.</summary>
    internal static KernelError DecodeDone(MessageHeader header, ReadOnlySpan<byte> payload) =>
        payload.Length < 4
            ? new KernelError(Errno.None, null, null, header.Sequence)
            : Decode(header, MemoryMarshal.Read<int>(payload), payload[4..]);

    /// <summary>The exception for a refusal of <paramref name="operation"/>.</summary>
    internal NetlinkException ToException(string operation) => new(operation, Errno, Message, AttributeOffset, Sequence);

    /// <summary>Throws <see cref="ToException"/>.</summary>
    internal void Throw(string operation) => throw ToException(operation);

    private static KernelError Decode(MessageHeader header, int error, ReadOnlySpan<byte> attributes)
    {
        string? message = null;
        int? offset = null;
        if ((header.Flags & MessageFlags.AcknowledgeAttributes) != 0)
        {
            foreach (NetlinkAttribute attribute in new AttributeReader(attributes))
            {
                if (attribute.Type == AttributeMessage)
                {
                    message = attribute.AsString();
                }
                else if (attribute.Type == AttributeErrorOffset)
                {
                    offset = attribute.AsInt32();
                }
            }
        }

        return new KernelError((Errno)(error == int.MinValue ? int.MaxValue : Math.Abs(error)), message, offset, header.Sequence);
    }
}
