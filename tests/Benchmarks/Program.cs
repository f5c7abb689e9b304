// Benchmarks are chosen by name; see README.md beside this file.
Console.WriteLine("no benchmark named");
