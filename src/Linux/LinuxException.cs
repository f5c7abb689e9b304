using System.Runtime.InteropServices;

namespace Net.Linux;

/// <summary>The error of a Linux system call, together with the operation that failed.</summary>
public sealed class LinuxException : IOException
{
    /// <summary>Creates the exception for one failed system call.</summary>
    /// <param name="operation">The operation and its object, as in "mount the namespace at /run/x"; the message reads "cannot" before
    /// it.</param>
    /// <param name="errno">The error number of the system call.</param>
    public LinuxException(string operation, Errno errno)
        : base($"cannot {operation}: {Describe(errno)}")
    {
        Operation = operation;
        Errno = errno;
    }

    /// <summary>The operation that failed and its object, as in "mount the namespace at /run/x".</summary>
    public string Operation { get; }

    /// <summary>The error number of the system call.</summary>
    public Errno Errno { get; }

    /// <summary>Describes an error number by the message of strerror(3), its name and the number: "Device or resource busy (EBUSY,
    /// 16)".</summary>
    public static string Describe(Errno errno) => $"{Marshal.GetPInvokeErrorMessage(errno.Number)} ({errno}, {errno.Number})";

    /// <summary>Creates the exception for the last system call of the calling thread, see <see cref="Errno.Last"/>.</summary>
    internal static LinuxException Last(string operation) => new(operation, Errno.Last);
}
