using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>Receives many datagrams from a socket with one system call, and sends the responses to their senders with another.</summary>
/// <remarks>
/// The constructor allocates all memory; receiving and sending allocate nothing and never block. One batch may serve any number of sockets,
/// one after another, on one thread. Source: recvmmsg(2), sendmmsg(2).
/// </remarks>
public sealed unsafe class DatagramBatch
{
    private const int CacheLine = 64;

    private readonly int _receiveLength;
    private readonly int _receiveStride;
    private readonly int _answerLength;
    private readonly int _answerStride;
    private readonly byte[] _received;
    private readonly byte[] _answered;
    private readonly DatagramPeer[] _peers;
    private readonly iovec[] _receiveParts;
    private readonly iovec[] _answerParts;
    private readonly mmsghdr[] _incoming;
    private readonly mmsghdr[] _outgoing;
    private int _answers;

    /// <summary>Allocates the buffers of a batch.</summary>
    /// <param name="capacity">The largest number of datagrams that one <see cref="Receive"/> takes.</param>
    /// <param name="receiveLength">The longest datagram in bytes; longer ones are truncated, see <see cref="IsCut"/>.</param>
    /// <param name="answerLength">The longest response in bytes.</param>
    public DatagramBatch(int capacity, int receiveLength, int answerLength)
    {
        Capacity = capacity;
        _receiveLength = receiveLength;
        _answerLength = answerLength;

        // Buffers that lie a power of two apart would all start in the same few sets of the processor's cache.
        _receiveStride = Stride(receiveLength);
        _answerStride = Stride(answerLength);
        _received = GC.AllocateUninitializedArray<byte>(capacity * _receiveStride, pinned: true);
        _answered = GC.AllocateUninitializedArray<byte>(capacity * _answerStride, pinned: true);
        _peers = GC.AllocateArray<DatagramPeer>(capacity, pinned: true);
        _receiveParts = GC.AllocateArray<iovec>(capacity, pinned: true);
        _answerParts = GC.AllocateArray<iovec>(capacity, pinned: true);
        _incoming = GC.AllocateArray<mmsghdr>(capacity, pinned: true);
        _outgoing = GC.AllocateArray<mmsghdr>(capacity, pinned: true);
        for (int i = 0; i < capacity; i++)
        {
            _receiveParts[i] = new iovec { iov_base = Address(ref _received[i * _receiveStride]), iov_len = receiveLength };
            Header(ref _incoming[i]) = new msghdr
            {
                msg_name = Address(ref Unsafe.As<DatagramPeer.AddressBytes, byte>(ref _peers[i].Bytes)),
                msg_iov = (iovec*)Unsafe.AsPointer(ref _receiveParts[i]),
                msg_iovlen = 1,
            };
            Header(ref _outgoing[i]) = new msghdr { msg_iov = (iovec*)Unsafe.AsPointer(ref _answerParts[i]), msg_iovlen = 1 };
        }
    }

    /// <summary>The largest number of datagrams that one <see cref="Receive"/> takes.</summary>
    public int Capacity { get; }

    /// <summary>The number of datagrams that the last <see cref="Receive"/> took.</summary>
    public int Count { get; private set; }

    /// <summary>Receives the pending datagrams, up to the capacity: recvmmsg(2). The previous datagrams and responses not yet sent are
    /// discarded.</summary>
    /// <returns>None when at least one datagram was received, otherwise the error. TryAgain: no datagram is pending.</returns>
    public Errno Receive(SafeHandle socket)
    {
        _answers = 0;
        for (int i = 0; i < Capacity; i++)
        {
            Header(ref _incoming[i]).msg_namelen = SocketAddresses.Length;
        }

        using DescriptorLease descriptor = socket.Lease();
        int count = Glibc.recvmmsg(descriptor, (mmsghdr*)Unsafe.AsPointer(ref _incoming[0]), (uint)Capacity, MSG_DONTWAIT, null);
        Count = Math.Max(count, 0);
        return count < 0 ? Errno.Last : Errno.None;
    }

    /// <summary>The bytes of a datagram, valid until the next <see cref="Receive"/>.</summary>
    /// <param name="place">The index of the datagram, below <see cref="Count"/>.</param>
    public ReadOnlyMemory<byte> Datagram(int place) => _received.AsMemory(place * _receiveStride, (int)_incoming[place].msg_len);

    /// <summary>Whether the datagram at an index was longer than its buffer and has been truncated (MSG_TRUNC).</summary>
    public bool IsCut(int place) => (Header(ref _incoming[place]).msg_flags & MSG_TRUNC) != 0;

    /// <summary>The sender of the datagram at an index, for a response that is sent later by <see cref="SendTo"/>.</summary>
    public DatagramPeer Sender(int place)
    {
        DatagramPeer peer = _peers[place];
        peer.Length = (int)Header(ref _incoming[place]).msg_namelen;
        return peer;
    }

    /// <summary>The buffer for the response to the datagram at an index, as long as the constructor's answerLength.</summary>
    public Span<byte> AnswerRoom(int place) => _answered.AsSpan(place * _answerStride, _answerLength);

    /// <summary>Queues the content of a response buffer for the next <see cref="SendAnswers"/>.</summary>
    /// <param name="place">The index of the datagram that is answered; each may be answered once at most.</param>
    /// <param name="length">The length of the response in bytes.</param>
    public void Answer(int place, int length)
    {
        ref msghdr answer = ref Header(ref _outgoing[_answers]);
        ref msghdr question = ref Header(ref _incoming[place]);
        answer.msg_name = question.msg_name;
        answer.msg_namelen = question.msg_namelen;
        _answerParts[_answers] = new iovec { iov_base = Address(ref _answered[place * _answerStride]), iov_len = length };
        _answers++;
    }

    /// <summary>Sends the queued responses through the socket that the datagrams were received from: sendmmsg(2).</summary>
    /// <returns>The number of responses that could not be sent; they are lost.</returns>
    public int SendAnswers(SafeHandle socket)
    {
        using DescriptorLease descriptor = socket.Lease();
        int lost = 0;
        for (int sent = 0; sent < _answers;)
        {
            int count = Glibc.sendmmsg(descriptor, (mmsghdr*)Unsafe.AsPointer(ref _outgoing[sent]), (uint)(_answers - sent), MSG_DONTWAIT);
            if (count > 0)
            {
                sent += count;
            }
            else if (Errno.Last != Errno.Interrupted)
            {
                // sendmmsg(2) fails only for the first message of the array; the others may still be sent.
                sent++;
                lost++;
            }
        }

        _answers = 0;
        return lost;
    }

    /// <summary>Sends one datagram to the sender of an earlier one, without blocking: sendto(2).</summary>
    /// <returns>None, or the error, in which case the datagram is lost.</returns>
    public static Errno SendTo(SafeHandle socket, ReadOnlySpan<byte> datagram, in DatagramPeer peer)
    {
        using DescriptorLease descriptor = socket.Lease();
        fixed (byte* pointer = datagram)
        {
            fixed (DatagramPeer.AddressBytes* address = &peer.Bytes)
            {
                return sendto(descriptor, pointer, datagram.Length, MSG_DONTWAIT, (sockaddr*)address, peer.Length) < 0
                    ? Errno.Last
                    : Errno.None;
            }
        }
    }

    private static int Stride(int length) => ((length + CacheLine - 1) / CacheLine * CacheLine) + CacheLine;

    // The msghdr is the first member of struct mmsghdr; the property of Tmds.LibC would return a copy.
    private static ref msghdr Header(ref mmsghdr item) => ref Unsafe.As<mmsghdr, msghdr>(ref item);

    private static byte* Address(ref byte first) => (byte*)Unsafe.AsPointer(ref first);
}

/// <summary>The address and port of a datagram's sender as a value without heap memory, for <see cref="DatagramBatch.SendTo"/>.</summary>
/// <remarks>Holds the bytes of the struct sockaddr_in or sockaddr_in6 that the kernel returned: ip(7), ipv6(7).</remarks>
public struct DatagramPeer
{
    internal AddressBytes Bytes;
    internal int Length;

    [InlineArray(SocketAddresses.Length)]
    internal struct AddressBytes
    {
        private byte _first;
    }
}
