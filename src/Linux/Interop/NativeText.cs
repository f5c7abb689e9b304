using System.Runtime.InteropServices.Marshalling;

namespace Net.Linux.Interop;

/// <summary>A string as a C string: UTF-8 with a terminating zero byte, in unmanaged memory until it is disposed of.</summary>
/// <param name="text">The string; null becomes a null pointer.</param>
internal readonly unsafe ref struct NativeText(string? text) : IDisposable
{
    private readonly byte* _pointer = Utf8StringMarshaller.ConvertToUnmanaged(text);

    /// <summary>Frees the memory.</summary>
    public void Dispose() => Utf8StringMarshaller.Free(_pointer);

    public static implicit operator byte*(NativeText text) => text._pointer;
}
