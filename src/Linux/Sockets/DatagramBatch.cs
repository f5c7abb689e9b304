using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>Takes many datagrams off a socket with one system call, and sends the answers to their senders with another.</summary>
/// <remarks>
/// Memory for all of them is set aside once; nothing is allocated afterwards, and nothing waits. One batch serves any number of sockets,
/// one after another, in one thread. Source: recvmmsg(2), sendmmsg(2).
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

    /// <summary>Sets memory aside.</summary>
    /// <param name="capacity">How many datagrams are taken at once.</param>
    /// <param name="receiveLength">How long one may be, in bytes; what is longer is cut, see <see cref="IsCut"/>.</param>
    /// <param name="answerLength">How long an answer may be, in bytes.</param>
    public DatagramBatch(int capacity, int receiveLength, int answerLength)
    {
        Capacity = capacity;
        _receiveLength = receiveLength;
        _answerLength = answerLength;

        // Rooms a power of two apart would all begin in the same few lines of the processor's cache.
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

    /// <summary>How many datagrams are taken at once.</summary>
    public int Capacity { get; }

    /// <summary>How many were taken last.</summary>
    public int Count { get; private set; }

    /// <summary>Takes what has come, up to the capacity; the datagrams before, and answers not sent, are forgotten.</summary>
    /// <returns>None, also when fewer came than there is room for; TryAgain: nothing is there.</returns>
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

    /// <summary>The datagram at a place below <see cref="Count"/>, good until the next <see cref="Receive"/>.</summary>
    public ReadOnlyMemory<byte> Datagram(int place) => _received.AsMemory(place * _receiveStride, (int)_incoming[place].msg_len);

    /// <summary>Whether the datagram was longer than there is room for.</summary>
    public bool IsCut(int place) => (Header(ref _incoming[place]).msg_flags & MSG_TRUNC) != 0;

    /// <summary>Who sent the datagram: for an answer that comes later.</summary>
    public DatagramPeer Sender(int place)
    {
        DatagramPeer peer = _peers[place];
        peer.Length = (int)Header(ref _incoming[place]).msg_namelen;
        return peer;
    }

    /// <summary>Room for the answer to a datagram.</summary>
    public Span<byte> AnswerRoom(int place) => _answered.AsSpan(place * _answerStride, _answerLength);

    /// <summary>Has what is in the room sent by the next <see cref="SendAnswers"/>.</summary>
    /// <param name="place">The datagram that is answered; once at most.</param>
    /// <param name="length">How much of the room, in bytes.</param>
    public void Answer(int place, int length)
    {
        ref msghdr answer = ref Header(ref _outgoing[_answers]);
        ref msghdr question = ref Header(ref _incoming[place]);
        answer.msg_name = question.msg_name;
        answer.msg_namelen = question.msg_namelen;
        _answerParts[_answers] = new iovec { iov_base = Address(ref _answered[place * _answerStride]), iov_len = length };
        _answers++;
    }

    /// <summary>Sends the answers through the socket that the datagrams came from.</summary>
    /// <returns>How many could not be sent; they are lost.</returns>
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
                // It is the first that failed; the others may still go.
                sent++;
                lost++;
            }
        }

        _answers = 0;
        return lost;
    }

    /// <summary>Sends one datagram to who sent one earlier: sendto(2).</summary>
    /// <returns>None, or the error; the datagram is lost then.</returns>
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

    // The header is the first member of struct mmsghdr; the property of Tmds.LibC would copy it.
    private static ref msghdr Header(ref mmsghdr item) => ref Unsafe.As<mmsghdr, msghdr>(ref item);

    private static byte* Address(ref byte first) => (byte*)Unsafe.AsPointer(ref first);
}
