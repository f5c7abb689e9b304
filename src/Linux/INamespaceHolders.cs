namespace Net.Linux;

/// <summary>Knows the processes that live in bound network namespaces. The namespace of such a process is the true one: the file that it is
/// bound to can be unmounted by anybody with root's rights, and in another mount namespace it is an empty file.</summary>
public interface INamespaceHolders
{
    /// <summary>Finds the process that lives in the namespace which is, or should be, bound to a file.</summary>
    /// <param name="path">The absolute path of the file.</param>
    /// <returns>The process and its namespace; null when no such process is known or it has ended.</returns>
    NamespaceHolder? Find(string path);

    /// <summary>Finds a process that shares the namespace in which the process of <see cref="Find"/> lived, now that this one has ended.
    /// Slow: all that are known are looked at.</summary>
    /// <param name="path">The absolute path of the file.</param>
    /// <returns>The process and its namespace; null when no process lives in it any more.</returns>
    NamespaceHolder? FindHeir(string path);
}

/// <summary>A process that lives in a network namespace.</summary>
/// <param name="ProcessId">The process id, as this process's /proc shows it.</param>
/// <param name="Inode">The inode number of the network namespace in the nsfs; it reveals a process id that was reused.</param>
public readonly record struct NamespaceHolder(int ProcessId, ulong Inode);
