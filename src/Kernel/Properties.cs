using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Net.Tests.Unit")]
