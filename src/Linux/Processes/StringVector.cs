using System.Runtime.InteropServices;

namespace Net.Linux.Processes;

/// <summary>A null-terminated array of C strings in unmanaged memory, the form in which execve(2) takes argv and envp.</summary>
internal sealed unsafe class StringVector : IDisposable
{
    private readonly int _count;

    internal StringVector(IReadOnlyList<string> strings)
    {
        _count = strings.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < _count; i++)
        {
            Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(strings[i]);
        }
    }

    /// <summary>The first element of the array, which a null pointer terminates.</summary>
    internal byte** Pointer { get; }

    /// <summary>Frees the strings and the array.</summary>
    public void Dispose()
    {
        for (int i = 0; i < _count; i++)
        {
            Marshal.FreeCoTaskMem((nint)Pointer[i]);
        }

        NativeMemory.Free(Pointer);
    }
}
