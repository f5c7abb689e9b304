using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.Errors;
using Net.Cnm.Ports;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Linux.Processes;
using Net.Linux.Sockets;
using Net.Linux.Terminals;

namespace Net.Kernel.Ports;

/// <summary>Opens the socket that holds a port, and names the program that has the port when it is in use.</summary>
internal static class PortOpener
{
    // A socket of ours that was closed a moment ago may still be open in a child of ours that has not begun its program yet. On a busy
    // machine that takes longer; but who has the socket is looked up in all processes.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan PatienceWithChildren = TimeSpan.FromSeconds(5);

    /// <summary>Binds a port in the namespace of the calling thread.</summary>
    /// <param name="slot">The port.</param>
    /// <param name="dualStack">Whether the port of all IPv4 addresses is taken with it.</param>
    /// <exception cref="CnmException">Conflict: another program has it. InvalidParameter: the host has no such address. Unavailable: the
    /// kernel lacks the protocol, or there are no descriptors left.</exception>
    public static PortSocket Open(PortSlot slot, bool dualStack)
    {
        try
        {
            PortSocket socket = Hold(slot, dualStack);
            if (!DescriptorReserve.Has(socket.Handle))
            {
                return socket;
            }

            socket.Dispose();
            throw new LinuxException("hold a port", Errno.ProcessFileLimit);
        }
        catch (LinuxException error)
        {
            throw Translate(error, slot, dualStack ? $"{slot with { Address = IPAddress.Any }} and [::]" : slot.ToString());
        }
    }

    /// <summary>Why a port cannot be taken at this moment, and what to do; null when it can.</summary>
    public static string? Obstacle(PortSlot slot, bool dualStack)
    {
        try
        {
            Open(slot, dualStack).Dispose();
            return null;
        }
        catch (CnmException error)
        {
            return error.Message;
        }
    }

    private static PortSocket Hold(PortSlot slot, bool dualStack)
    {
        long start = Stopwatch.GetTimestamp();
        bool isLast = false;
        while (true)
        {
            try
            {
                return PortSocket.Hold((Transport)slot.Protocol, new IPEndPoint(slot.Address, slot.Port), dualStack);
            }
            catch (LinuxException error) when (error.Errno == Errno.AddressInUse && !isLast)
            {
                // A child may have begun its program while it was looked for: so it is tried once more before it is refused.
                TimeSpan waited = Stopwatch.GetElapsedTime(start);
                isLast = waited >= Patience && !(waited < PatienceWithChildren && FindHolder(slot)?.ProcessId is { } id && IsUnbegun(id));
                Thread.Sleep(1);
            }
        }
    }

    // Whether a process is a child of this one that has not begun its program yet.
    private static bool IsUnbegun(int process) =>
        ProcessStatus.Read(process)?.ParentId == Environment.ProcessId && ProgramOf($"{process}") == ProgramOf("self");

    private static string? ProgramOf(string process)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{process}/exe", returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null; // it has ended
        }
    }

    // PortHolder reads the tables of TCP and UDP; that of SCTP names no processes.
    private static PortHolder? FindHolder(PortSlot slot) => slot.Protocol switch
    {
        PortProtocol.Tcp => PortHolder.Find(ProtocolType.Tcp, slot.Port, slot.Address),
        PortProtocol.Udp => PortHolder.Find(ProtocolType.Udp, slot.Port, slot.Address),
        _ => null,
    };

    /// <summary><c> by NAME (pid N)</c> of the program that has a port, or <c> by another program</c> when it cannot be found
    /// out.</summary>
    private static string Holder(PortSlot slot) => FindHolder(slot) is { ProcessName: { } name, ProcessId: { } id }
        ? string.Create(CultureInfo.InvariantCulture, $" by {TerminalText.Word(name)} (pid {id})")
        : " by another program";

    private static CnmException Translate(LinuxException error, PortSlot slot, string words) => error.Errno switch
    {
        var errno when errno == Errno.AddressInUse => new CnmException(
            CnmErrorKind.Conflict, $"{words} is already in use{Holder(slot)}; choose another host port or stop it", error),
        var errno when errno == Errno.AddressNotAvailable => new CnmException(
            CnmErrorKind.InvalidParameter, $"{words}: the host has no such address; publish on one that it has", error),
        var errno when errno.IsAnyOf(Errno.ProtocolNotSupported, Errno.SocketTypeNotSupported) => new CnmException(
            CnmErrorKind.Unavailable,
            $"{words}: this kernel has no {slot.Protocol.ToWord()} ({error.Message}); load the module {slot.Protocol.ToWord()}, or " +
            "publish with another protocol",
            error),
        var errno when errno == Errno.AddressFamilyNotSupported => new CnmException(
            CnmErrorKind.Unavailable, $"{words}: this kernel has no IPv6 ({error.Message}); publish on an IPv4 address", error),
        var errno when errno == Errno.ProcessFileLimit => new CnmException(
            CnmErrorKind.Unavailable, $"{words}: {FullWords(OpenFileLimit.Read())}", error),
        _ => new CnmException(CnmErrorKind.Internal, $"{words}: {error.Message}", error),
    };

    private static string FullWords(OpenFileLimit limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"the daemon may have {limit.Soft} files open and needs the last {DescriptorReserve.Length(limit)} for its work; publish fewer " +
        $"ports, or raise the daemon's limit (ulimit -n, LimitNOFILE)");
}
