using System.Runtime.InteropServices;

namespace Net.Linux.Processes;

/// <summary>The numbers of the system calls that set credentials. Source: the kernel's arch/x86/entry/syscalls/syscall_64.tbl and
/// include/uapi/asm-generic/unistd.h.</summary>
internal static class CredentialCalls
{
    private static readonly bool IsX64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>setresuid(2).</summary>
    internal static int SetUsers => IsX64 ? 117 : 147;

    /// <summary>setresgid(2).</summary>
    internal static int SetGroup => IsX64 ? 119 : 149;

    /// <summary>setgroups(2).</summary>
    internal static int SetGroups => IsX64 ? 116 : 159;
}
