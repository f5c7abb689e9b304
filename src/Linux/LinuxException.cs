using System.Runtime.InteropServices;

namespace Net.Linux;

/// <summary>A Linux system call that failed, with what it was asked to do.</summary>
public sealed class LinuxException : IOException
{
    /// <summary>Makes the error of one system call.</summary>
    /// <param name="operation">What was tried, on which object: "mount the namespace at /run/x".</param>
    /// <param name="errno">The error number the kernel gave.</param>
    public LinuxException(string operation, Errno errno)
        : base($"cannot {operation}: {Describe(errno)}")
    {
        Operation = operation;
        Errno = errno;
    }

    /// <summary>What was tried, on which object.</summary>
    public string Operation { get; }

    /// <summary>The error number the kernel gave.</summary>
    public Errno Errno { get; }

    /// <summary>The C library's sentence for an error number, with its name: "Device or resource busy (EBUSY, 16)".</summary>
    public static string Describe(Errno errno) => $"{Marshal.GetPInvokeErrorMessage(errno.Number)} ({errno}, {errno.Number})";

    /// <summary>The error of the system call that this thread made last.</summary>
    internal static LinuxException Last(string operation) => new(operation, Errno.Last);
}
