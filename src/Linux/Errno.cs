namespace Net.Linux;

/// <summary>Error numbers of the Linux system calls that this code tells apart.</summary>
/// <remarks>Source: include/uapi/asm-generic/errno-base.h and errno.h; errno(3).</remarks>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,
}
